"""Give back the lock that a cancelled run of this job left on a stack; see --help."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scripts.bootstrap.aws import Aws
from scripts.bootstrap.errors import BootstrapError
from scripts.stack_lock.locks import is_left_here, locks_of
from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file
from stacks.names import PROJECT

ROOT: Final = Path(__file__).parents[2]
EPILOG = """\
A lock is given back when its process ran on this machine, under this user, after --since, and is no longer there.
Every other lock is named and left: somebody is at work, or `pulumi cancel --stack STACK` is a person's decision.

exit code: 0 done, or nothing to do; 1 AWS refused; 2 wrong arguments or stack file
"""


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Run the script and return its exit code."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = check_stack_file(stack_file(root, parsed.stack), parsed.stack)
    except SettingsError as error:
        print(f"stack_lock: {error}", file=sys.stderr)
        return 2
    bucket = parsed.bucket or f"{PROJECT}-state-{settings.stack}-{settings.account.id}"
    try:
        aws = Aws(settings.account.region)
        for lock in locks_of(aws, bucket, settings.stack):
            own = is_left_here(
                lock,
                hostname=socket.gethostname(),
                username=getpass.getuser(),
                since=parsed.since,
            )
            if own:
                aws.call("s3", "delete_object", Bucket=bucket, Key=lock.key)
            print(f"{'gave back' if own else 'left'} the lock of {lock}")
    except (BootstrapError, ValueError, KeyError) as error:
        print(f"stack_lock: {bucket}: {error}", file=sys.stderr)
        return 1
    return 0


def _time(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.stack_lock",
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--stack", required=True)
    parser.add_argument(
        "--since",
        required=True,
        type=_time,
        help="when this job began, such as 2026-11-25T10:00:00Z",
    )
    parser.add_argument("--bucket", help="the state bucket, when it is not the default one")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
