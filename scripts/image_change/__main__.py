"""Change the image of one service in a stack file, as a pull request; see --help."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scripts.github.api import Api, GithubError
from scripts.image_change.edit import EditError, image_of, image_reference, with_image
from scripts.image_change.history import previous_image
from scripts.image_change.proposal import ImageChange, merge_when_checked, propose, start_checks
from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file
from stacks.settings import StackSettings

PROJECT: Final = Path(__file__).parents[2]
DONE, FAILED, REFUSED = 0, 1, 2
DESCRIPTION = """\
Release an image of a service, or go back to the one before: the stack file changes by a pull request.

  show     print the image that would be written; changes nothing
  write    change the stack file here, and nothing else
  propose  open a pull request with the change and begin its checks; where the stack file says automatic_releases,
           wait for them, merge, and begin the deployment
"""
EPILOG = """\
exit code: 0 done, or nothing to do; 1 failed; 2 refused (wrong arguments, wrong stack file)
environment: propose needs GITHUB_REPOSITORY and GITHUB_TOKEN, as a workflow has them
"""


def main(arguments: Sequence[str], root: Path = PROJECT) -> int:
    """Run one command. A mistake is told in one message, never in a traceback."""
    parsed = _parser().parse_args(arguments)
    try:
        path = stack_file(root, parsed.stack)
        settings = check_stack_file(path, parsed.stack)
        change = _change(parsed, settings, path, root)
        if (
            parsed.command == "show"
            or image_of(path.read_text(encoding="utf-8"), change.service) == change.image
        ):
            print(
                change.image
                if parsed.command == "show"
                else f"{change.service} has {change.image} already"
            )
        elif parsed.command == "write":
            path.write_text(change.text, encoding="utf-8")
            check_stack_file(path, parsed.stack)
            print(change.title)
        else:
            _propose(change, settings)
    except (EditError, SettingsError) as error:
        print(f"image_change: {error}", file=sys.stderr)
        return REFUSED
    except GithubError as error:
        print(f"image_change: {error}", file=sys.stderr)
        return FAILED
    return DONE


def _change(
    parsed: argparse.Namespace, settings: StackSettings, path: Path, root: Path
) -> ImageChange:
    service: str = parsed.service
    if parsed.previous:
        image = previous_image(root, path.name, service)
    else:
        image = image_reference(settings, service, parsed.digest)
    text = with_image(path.read_text(encoding="utf-8"), service, image)
    verb = "Roll back" if parsed.previous else "Release"
    return ImageChange(
        stack=settings.stack, service=service, image=image, file=path.name, text=text, verb=verb
    )


def _propose(change: ImageChange, settings: StackSettings) -> None:
    api = Api.from_environment()
    proposal = propose(api, change)
    print(proposal.url, flush=True)
    start_checks(api, proposal)
    if settings.automatic_releases:
        merge_when_checked(api, proposal, lambda text: print(text, flush=True))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.image_change",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=("show", "write", "propose"))
    parser.add_argument("--stack", required=True, help="the stack, such as staging")
    parser.add_argument("--service", required=True, help="the service, as the catalogue calls it")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--digest", help="sha256: and 64 of 0-9, a-f, of an image in its repository")
    which.add_argument("--previous", action="store_true", help="the image before today's, from git")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
