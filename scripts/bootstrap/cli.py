"""One run of the script: right account, then each requirement, then what follows."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from scripts.bootstrap.arguments import Arguments, parse
from scripts.bootstrap.aws import Aws
from scripts.bootstrap.bucket import Bucket
from scripts.bootstrap.bucket_spec import state_buckets
from scripts.bootstrap.errors import FAILED, REFUSED, BootstrapError
from scripts.bootstrap.key import StateKey
from scripts.bootstrap.report import heading, summary
from scripts.bootstrap.requirement import Requirement, Verdict
from scripts.bootstrap.roles import service_linked_roles
from scripts.bootstrap.target import Target
from scripts.bootstrap.work import work_through

PROJECT: Final = Path(__file__).parents[2]
IN_PLACE: Final = 0
TO_DO: Final = 3
INTERRUPTED: Final = 130


def main(arguments: Sequence[str], root: Path = PROJECT) -> int:
    """Run the script and return its exit code. A mistake is told in one message, never in a traceback."""
    try:
        parsed = parse(arguments, root)
        verdicts = _run(parsed, say=print)
    except BootstrapError as error:
        # First what was done, then what went wrong, also where both go into one file.
        sys.stdout.flush()
        print(f"bootstrap_account: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more when it closes the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print(
            "interrupted; what was made stays, and the next run goes on from there", file=sys.stderr
        )
        return INTERRUPTED
    found_all = set(verdicts) <= {"ok"}
    return IN_PLACE if parsed.apply or found_all else TO_DO


def _run(arguments: Arguments, say: Callable[[str], None]) -> Counter[Verdict]:
    target = arguments.target
    aws = Aws(target.region)
    _refuse_another_account(aws, target)
    say(heading(target, apply=arguments.apply))
    verdicts = work_through(_requirements(aws, target), apply=arguments.apply, say=say)
    say(summary(verdicts, target, applied=arguments.apply))
    return verdicts


def _refuse_another_account(aws: Aws, target: Target) -> None:
    caller = aws.call("sts", "get_caller_identity")
    if caller["Account"] != target.account_id:
        raise BootstrapError(
            f"these credentials are of account {caller['Account']} ({caller['Arn']}), --account says"
            f" {target.account_id}; nothing was changed",
            REFUSED,
        )


def _requirements(aws: Aws, target: Target) -> Iterator[Requirement]:
    """In the order in which they can be made: the key before what it encrypts, the logs before what is logged."""
    key = StateKey(aws, target)
    yield from key.requirements()
    for spec in state_buckets(target, key.arn):
        yield from Bucket(aws, target, spec).requirements()
    yield from service_linked_roles(aws)
