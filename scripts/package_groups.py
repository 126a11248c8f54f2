"""Compare the package groups of CodeArtifact with what the stack's file says; see --help.

Run it with the project's Python: .venv/bin/python -m scripts.package_groups --stack prod
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from components.account import Account, WrongAccountError
from components.packages.names import DOMAIN
from components.packages.origin_controls import origin_controls
from components.packages.package_groups import (
    GroupChange,
    OriginControlsError,
    apply_groups,
    deviations,
)
from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file
from stacks.settings import StackSettings

PROJECT: Final = Path(__file__).parents[1]
DONE, FAILED, REFUSED, DIFFERS = 0, 1, 2, 3
TIMEOUT_SECONDS: Final = 120.0
DESCRIPTION: Final = """\
Compares the package groups of CodeArtifact, and the origin controls of each, with what the stack's file says.

`pulumi up` writes them when the file changes, and `pulumi refresh` knows nothing of them: what somebody changes by hand
is found here. Changes nothing without --repair.
"""
EPILOG: Final = """\
exit code: 0 as wanted, 1 failed, 2 refused (wrong account, wrong arguments), 3 different
credentials: as for the AWS CLI (AWS_PROFILE and so on), of the account that the stack's file names
docs/private-packages.md tells what the groups are for
"""


def main(arguments: Sequence[str], root: Path = PROJECT) -> int:
    """Run the script and return its exit code. A mistake is told in one message, never in a traceback."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.package_groups",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--stack", required=True, help="the stack that manages them, such as prod")
    parser.add_argument("--repair", action="store_true", help="put right what is different")
    parsed = parser.parse_args(arguments)
    try:
        settings = check_stack_file(stack_file(root, parsed.stack), parsed.stack)
        if not settings.packages.manage:
            return _told(f"stack {settings.stack} does not manage the packages", REFUSED)
        return asyncio.run(_compare(settings, repair=parsed.repair))
    except (SettingsError, WrongAccountError) as error:
        return _told(str(error), REFUSED)
    except (OriginControlsError, BotoCoreError, ClientError) as error:
        return _told(str(error), FAILED)


async def _compare(settings: StackSettings, *, repair: bool) -> int:
    region = settings.packages.region or settings.account.region
    account = Account(account_id=settings.account.id, region=region)
    await account.check(())
    client = account.client("codeartifact")
    wanted = origin_controls(sorted(settings.packages.publishers))
    if repair:
        change = GroupChange(domain=DOMAIN, wanted=wanted)
        await apply_groups(change, client, print, timeout_seconds=TIMEOUT_SECONDS)
        return DONE
    if found := deviations(DOMAIN, wanted, client):
        print("\n".join(found))
        command = f".venv/bin/python -m scripts.package_groups --stack {settings.stack} --repair"
        return _told(
            f"packages may come from where they must not; to put it right: {command}", DIFFERS
        )
    print(f"{DOMAIN}: {len(wanted)} package groups, each as wanted")
    return DONE


def _told(text: str, code: int) -> int:
    sys.stdout.flush()  # first what was found, also where both go into one file
    print(f"package_groups: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
