"""Tell Honeybadger that a service was deployed; see --help.

Run it after `pulumi up` was green: .venv/bin/python -m scripts.deploy_marker --stack prod --service ledger
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file
from stacks.settings import StackSettings

PROJECT: Final = Path(__file__).parents[1]
KEY: Final = "HONEYBADGER_API_KEY"
TIMEOUT_SECONDS: Final = 10.0
DESCRIPTION: Final = f"""\
A marker on Honeybadger's list of deployments: environment, image digest, repository and who deployed.

The key of the Honeybadger project is read from {KEY}. Whatever goes wrong is told on standard error, and the exit code
is 0 all the same: a deployment that went well is not made red by a marker. Wrong arguments are 2.
"""


def main(arguments: Sequence[str], root: Path = PROJECT) -> int:
    """Send the marker, and say what came of it."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = check_stack_file(stack_file(root, parsed.stack), parsed.stack)
    except SettingsError as error:
        return _told(str(error))
    if parsed.service not in settings.services:
        return _told(f"there is no service {parsed.service} in {parsed.stack}")
    image = settings.services[parsed.service].image
    if image is None:
        return _told(f"{parsed.service} has no image in {parsed.stack}: nothing was deployed")
    key = os.environ.get(KEY, "").strip()
    if not key:
        return _told(f"{KEY} is not set")
    said = marker(settings, image, repository=parsed.repository, user=parsed.user)
    problem = send(settings.alert_delivery.honeybadger_url, key, said)
    if problem:
        return _told(problem)
    print(f"deploy marker: {parsed.service} {said['deploy[revision]']} in {parsed.stack}")
    return 0


def marker(settings: StackSettings, image: str, *, repository: str, user: str) -> dict[str, str]:
    """What is said of a deployment: its revision is the digest that runs, or the tag where there is none."""
    name, at, digest = image.partition("@")
    values = {
        "deploy[environment]": settings.environment,
        "deploy[revision]": digest if at else name.rpartition(":")[2],
        "deploy[repository]": repository,
        "deploy[local_username]": user,
    }
    return {field: value for field, value in values.items() if value}


def send(api_url: str, key: str, said: Mapping[str, str]) -> str | None:
    """Post it; what went wrong, or None. The key is in the body, where no log of addresses has it."""
    body = urlencode({"api_key": key, **said}).encode()
    # The settings take an address of https alone, and one of this machine.
    request = Request(f"{api_url}/v1/deploys", data=body)  # noqa: S310
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            answer.read()
    except HTTPError as error:
        with error:
            return f"Honeybadger answered {error.code}"
    except OSError as error:
        return f"Honeybadger could not be reached: {type(error).__name__}"
    return None


def _told(problem: str) -> int:
    print(f"no deploy marker: {problem}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.deploy_marker",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--stack", required=True)
    parser.add_argument("--service", required=True, help="by its name in the catalogue")
    parser.add_argument("--repository", default="", help="of the service's code, https://…")
    parser.add_argument("--user", default=getpass.getuser(), help="who deployed; you by default")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
