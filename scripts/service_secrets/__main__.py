"""List, set and roll the secrets of a stack; see --help.

Run it with the project's Python: .venv/bin/python -m scripts.service_secrets list --stack staging
"""

from __future__ import annotations

import sys

try:
    from scripts.service_secrets.cli import main
except ModuleNotFoundError as missing:
    # Another Python than the project's: a traceback would hide the one thing that helps.
    sys.exit(
        f"secrets: the package {missing.name} is not installed for {sys.executable};"
        " run .venv/bin/python -m scripts.service_secrets (`make install` makes .venv)"
    )

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
