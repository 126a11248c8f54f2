"""One run of the script: right arguments, right account, then the command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scripts.service_secrets.arguments import Arguments, parse
from scripts.service_secrets.aws import Aws
from scripts.service_secrets.errors import FAILED, SecretsError
from scripts.service_secrets.inventory import inventory, prefix
from scripts.service_secrets.listing import as_json, rows, table
from scripts.service_secrets.prompt import read_value
from scripts.service_secrets.rolling import Rolling, roll
from scripts.service_secrets.selection import select
from scripts.service_secrets.setting import require_secrets, set_value
from scripts.service_secrets.states import read_states
from stacks.secret_sources import PLATFORM

PROJECT: Final = Path(__file__).parents[2]
DONE: Final = 0
TO_DO: Final = 3
INTERRUPTED: Final = 130


def main(arguments: Sequence[str], root: Path = PROJECT) -> int:
    """Run the script and return its exit code. A mistake is told in one message, never in a traceback."""
    try:
        parsed = parse(arguments, root)
        return COMMANDS[parsed.command](parsed)
    except SecretsError as error:
        # First what was done, then what went wrong, also where both go into one file.
        sys.stdout.flush()
        print(f"secrets: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more when it closes the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (KeyboardInterrupt, EOFError):
        print("\ninterrupted; what was done stays", file=sys.stderr)
        return INTERRUPTED


def _list(arguments: Arguments) -> int:
    settings = arguments.settings
    aws = Aws(settings)
    aws.check_account()
    found = rows(inventory(settings), read_states(aws, prefix(settings.stack)))
    print(as_json(found) if arguments.json else table(found, settings.stack, datetime.now(UTC)))
    return TO_DO if any(each.is_missing for each in found) else DONE


def _set(arguments: Arguments) -> int:
    settings, (variable,) = arguments.settings, arguments.variables
    chosen = select(settings, arguments.variables, arguments.services)
    aws = Aws(settings)
    aws.check_account()
    require_secrets(aws, chosen, settings.stack)
    set_value(aws, chosen, read_value(variable), _say)
    if {each.service for each in chosen} == {PLATFORM}:
        print(
            "the function that tells Slack reads it when Slack refuses the old one: nothing to roll"
        )
        return DONE
    services = "".join(f" --service {each}" for each in arguments.services)
    command = f".venv/bin/python -m scripts.service_secrets roll --stack {settings.stack}{services} {variable}"
    print(f"tasks that run keep the value they began with; this begins new ones:\n  {command}")
    return DONE


def _roll(arguments: Arguments) -> int:
    settings = arguments.settings
    chosen = select(settings, arguments.variables, arguments.services)
    aws = Aws(settings)
    aws.check_account()
    roll(aws, chosen, Rolling(settings=settings, again=arguments.again, say=_say))
    return DONE


def _say(text: str) -> None:
    print(text, flush=True)


COMMANDS: Final = {"list": _list, "set": _set, "roll": _roll}
