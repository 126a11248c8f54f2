"""The command line of the local account: what is asked, and how whatever goes wrong is told."""

from __future__ import annotations

import argparse
import errno
import os
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from local.commands import COMMANDS, FAILED, INTERRUPTED
from local.environment import forget_logins
from local.errors import LocalError
from local.opening import Options
from local.runner.interrupts import Interrupts
from local.state import local_root, unwritable
from local.terminal import say

PROJECT = Path(__file__).parents[1]
LIMIT_SECONDS = 1800.0
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 130 interrupted.

    A mistake is told in a message, never in a traceback; the traceback of an error of our own goes to a file.
    """
    parsed = _parser().parse_args(arguments)
    forget_logins()
    options = Options(
        root=parsed.project.absolute(),
        stack=parsed.stack,
        limit_seconds=parsed.timeout,
        checkpoints=parsed.checkpoints,
        json=parsed.json,
    )
    try:
        with Interrupts() as interrupts:
            return COMMANDS[parsed.command](options, interrupts)
    except LocalError as error:
        say(str(error))
        return FAILED
    except KeyboardInterrupt:
        say("interrupted; the engine was not at work")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place where an error can be made readable
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            say(unwritable(local_root(options.root), error))
        else:
            say(f"internal error: {type(error).__name__}: {error}; its traceback is in {_keep()}")
        return FAILED


def _keep() -> str:
    handle, path = tempfile.mkstemp(prefix="turnstay-local-", suffix=".log")
    with os.fdopen(handle, "w") as file:
        file.write(traceback.format_exc())
    return path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m local", description="TurnStay's platform in an AWS account on this machine"
    )
    parser.add_argument("command", choices=COMMANDS, help="what to do")
    parser.add_argument("--stack", help="staging or prod; without it staging, and for down all")
    parser.add_argument(
        "--project", type=Path, default=PROJECT, help="folder with Pulumi.yaml (this project)"
    )
    parser.add_argument(
        "--timeout",
        type=float,
        default=LIMIT_SECONDS,
        metavar="SECONDS",
        help="how long one run of the engine may take (%(default)s)",
    )
    parser.add_argument(
        "--checkpoints",
        action="store_true",
        help="save the engine's state after each step: slower, and it survives a kill",
    )
    parser.add_argument(
        "--json",
        type=lambda path: Path(path).absolute(),
        metavar="FILE",
        help="preview: also write it as `pulumi preview --json` prints it, for scripts.preview_report",
    )
    return parser
