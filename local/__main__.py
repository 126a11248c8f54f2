"""`python -m local up|preview|status|destroy|down`."""

from __future__ import annotations

import os
import sys
import warnings

from local.cli import main

if __name__ == "__main__":
    # The SDK warns of an event stream that breaks off with its engine; the runner says in one line that the engine ended.
    warnings.filterwarnings("ignore", module=r"pulumi\.automation\._stack")
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # A hook that was told to stop may leave a thread in a call that lasts; nobody waits for that one.
    os._exit(code)
