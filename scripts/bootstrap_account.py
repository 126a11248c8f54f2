"""Make an AWS account ready for the first `pulumi up` of a stack; see --help.

Run it with the project's Python: .venv/bin/python -m scripts.bootstrap_account --stack staging --account 444455556666
"""

from __future__ import annotations

import sys

try:
    from scripts.bootstrap.cli import main
except ModuleNotFoundError as missing:
    # Another Python than the project's: a traceback would hide the one thing that helps.
    sys.exit(
        f"bootstrap_account: the package {missing.name} is not installed for {sys.executable};"
        " run .venv/bin/python -m scripts.bootstrap_account (`make install` makes .venv)"
    )

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
