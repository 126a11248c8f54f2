"""The command line, checked against the stack's file before AWS is asked anything."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.service_secrets.errors import REFUSED, SecretsError
from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file
from stacks.settings import StackSettings

DESCRIPTION = """\
The secrets of a stack, for operators.

  list  what there is: name, source, who uses it, how old its value is, and whether it has one. Changes nothing.
  set   give an external secret a value, from a prompt or from standard input; never from an argument.
  roll  begin new tasks of exactly the services whose tasks are older than the value, and wait for them.

A value is never shown. What is generated or supplied is changed in the stack file and rolls with `pulumi up`.
"""
EPILOG = """\
exit code: 0 done, 1 failed, 2 refused (wrong account, wrong arguments), 3 list found external secrets without a value
credentials: as for the AWS CLI (AWS_PROFILE and so on), of the account that the stack's file names
docs/secrets.md tells what to do when
"""

UNREAD = (
    "too many arguments; a value is never one of them, it is asked for or read from standard input. If one of them was"
    " the value, it stands in the shell's history by now: have a new one issued"
)


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """What the operator asked for."""

    command: str
    settings: StackSettings
    variables: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    """Empty: all that use the variables."""
    json: bool = False
    again: bool = False


def parse(arguments: Sequence[str], root: Path) -> Arguments:
    """Read the arguments and the settings of the stack."""
    parsed, unread = _parser().parse_known_args(arguments)
    if unread:
        # Not shown: it may be a value.
        raise SecretsError(UNREAD if parsed.command == "set" else "too many arguments", REFUSED)
    try:
        settings = check_stack_file(stack_file(root, parsed.stack), parsed.stack)
    except SettingsError as error:
        raise SecretsError(str(error), REFUSED) from None
    return Arguments(
        command=parsed.command,
        settings=settings,
        variables=tuple(getattr(parsed, "variables", ())),
        services=tuple(getattr(parsed, "services", None) or ()),
        json=getattr(parsed, "json", False),
        again=getattr(parsed, "again", False),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.service_secrets",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    of_stack = argparse.ArgumentParser(add_help=False)
    of_stack.add_argument("--stack", required=True, help="the stack, such as staging")

    shown = commands.add_parser("list", parents=[of_stack], help="what there is")
    shown.add_argument("--json", action="store_true", help="JSON instead of a table")

    given = commands.add_parser("set", parents=[of_stack], help="give an external secret a value")
    whose = given.add_mutually_exclusive_group(required=True)
    _services(whose, "whose secret; may be given several times")
    whose.add_argument(
        "--all-services", action="store_true", help="of every service that has it from outside"
    )
    # One: several would get the same value.
    given.add_argument("variables", nargs=1, metavar="VARIABLE", help="such as DESCOPE_PROJECT_ID")

    rolled = commands.add_parser("roll", parents=[of_stack], help="begin tasks with new values")
    _services(rolled, "this one alone; may be given several times, and all that use it otherwise")
    rolled.add_argument(
        "--again", action="store_true", help="also services whose tasks have the value already"
    )
    rolled.add_argument("variables", nargs="+", metavar="VARIABLE", help="which secrets changed")
    return parser


def _services(parser: argparse._ActionsContainer, text: str) -> None:
    parser.add_argument("--service", action="append", dest="services", metavar="NAME", help=text)
