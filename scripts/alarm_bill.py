"""Tell what the alarms of a stack cost a month, from its file alone.

Run it with the project's Python: .venv/bin/python -m scripts.alarm_bill --stack prod
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from infra.alarm_tables import monthly_bill_usd
from stacks.catalogue import CATALOGUE
from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file

MOST_USD: Final = 60
ROOT: Final = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Print a line for each thing that is watched, and the sum; 1 above the limit, 2 with a wrong stack file."""
    parser = argparse.ArgumentParser(prog="python -m scripts.alarm_bill", description=__doc__)
    parser.add_argument("--stack", required=True, help="its file is read: Pulumi.STACK.yaml")
    parser.add_argument("--most-usd", type=float, default=MOST_USD, help="fail above [60]")
    given = parser.parse_args(arguments)
    try:
        settings = check_stack_file(stack_file(root, given.stack), given.stack)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    bill = monthly_bill_usd(settings, CATALOGUE)
    for what, usd in bill.items():
        print(f"{what:<20} {usd:6.2f} USD a month")
    total = sum(bill.values())
    print(
        f"{'alarms of ' + given.stack:<20} {total:6.2f} USD a month, at most {given.most_usd:.2f}"
    )
    return int(total > given.most_usd)


if __name__ == "__main__":
    sys.exit(main())
