"""List every way around tenant isolation in a database; see --help.

Run it with the project's Python: .venv/bin/python scripts/audit_tenancy.py
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Run as a file, Python looks for packages beside it and not in the project.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

try:
    from scripts.audit.cli import main
except ModuleNotFoundError as missing:
    # Another Python than the project's: a traceback would hide the one thing that helps.
    print(
        f"audit_tenancy: the package {missing.name} is not installed for {sys.executable};"
        " run .venv/bin/python scripts/audit_tenancy.py (`make install` makes .venv)",
        file=sys.stderr,
    )
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
