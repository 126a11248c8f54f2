"""The command line, checked against the stack's file before AWS is asked anything."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.bootstrap.errors import REFUSED, BootstrapError
from scripts.bootstrap.target import Target, default_bucket
from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file

DESCRIPTION = """\
Make an AWS account ready for the first `pulumi up` of a stack, and check that it still is.

It needs, and makes with --apply: the bucket for Pulumi's state with a second one for its access logs, the KMS key that
encrypts state and secrets (alias/turnstay-state-STACK), and the service-linked roles of ECS, Elastic Load Balancing, RDS
and Application Auto Scaling for ECS. All else is in the Pulumi program.

Without --apply nothing is changed. A second run finds everything in place; what was changed by hand is shown and, with
--apply, changed back. Nothing is ever deleted.
"""
EPILOG = """\
exit code: 0 all in place, 1 failed, 2 refused (wrong account, wrong arguments), 3 a dry run found something to do
credentials: as for the AWS CLI (AWS_PROFILE and so on), with administrator rights in the account
"""


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """What the operator asked for."""

    target: Target
    apply: bool


def parse(arguments: Sequence[str], root: Path) -> Arguments:
    """Read the arguments; one that contradicts the stack's file is refused."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = check_stack_file(stack_file(root, parsed.stack), parsed.stack)
    except SettingsError as error:
        raise BootstrapError(str(error), REFUSED) from None
    region = parsed.region or settings.account.region
    for name, given, said in (
        ("account", parsed.account, settings.account.id),
        ("region", region, settings.account.region),
    ):
        if given != said:
            raise BootstrapError(
                f"--{name} is {given}, but Pulumi.{parsed.stack}.yaml says {said}; mend the one that is wrong",
                REFUSED,
            )
    bucket = parsed.bucket or default_bucket(parsed.stack, parsed.account)
    target = Target(
        stack=parsed.stack, account_id=parsed.account, region=region, state_bucket=bucket
    )
    return Arguments(target=target, apply=parsed.apply)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.bootstrap_account",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--stack", required=True, help="the stack, such as staging")
    parser.add_argument(
        "--account",
        required=True,
        type=_account,
        metavar="ID",
        help="the account you mean, 12 digits; the credentials must be of this account",
    )
    parser.add_argument("--region", help="the region; the stack file's if absent")
    parser.add_argument(
        "--bucket",
        type=_bucket,
        metavar="NAME",
        help="another name for the state bucket than turnstay-state-STACK-ACCOUNT",
    )
    parser.add_argument("--apply", action="store_true", help="make so what is not")
    return parser


def _account(text: str) -> str:
    if not re.fullmatch(r"[0-9]{12}", text):
        raise argparse.ArgumentTypeError(f"an account id has 12 digits, got {text!r}")
    return text


def _bucket(text: str) -> str:
    # 58, so that the bucket of its logs, NAME-logs, still has a name that S3 takes.
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,56}[a-z0-9]", text):
        raise argparse.ArgumentTypeError(
            f"a bucket's name here has 3 to 58 lower-case letters, digits and hyphens, got {text!r}"
        )
    return text
