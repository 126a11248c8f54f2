"""What a change would do to a stack, for its reviewers; see --help.

Run it with the project's Python: .venv/bin/python -m scripts.preview_report --stack staging preview.json
"""

from __future__ import annotations

import sys

try:
    from scripts.preview_report.cli import main
except ModuleNotFoundError as missing:
    # Another Python than the project's: a traceback would hide the one thing that helps.
    sys.exit(
        f"preview_report: the package {missing.name} is not installed for {sys.executable};"
        " run .venv/bin/python -m scripts.preview_report (`make install` makes .venv)"
    )

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
