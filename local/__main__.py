"""`python -m local up|preview|status|destroy|down`."""

from __future__ import annotations

import gc
import os
import sys
import warnings

from local.cli import main

if __name__ == "__main__":
    # The SDK keeps much alive, and by default the collector walks through all of it again and again: a third of the
    # time of a preview.
    gc.set_threshold(50_000, 20, 100)
    # The SDK warns of an event stream that breaks off with its engine; the runner says in one line that the engine ended.
    warnings.filterwarnings("ignore", module=r"pulumi\.automation\._stack")
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # A hook that was told to stop may leave a thread in a call that lasts; nobody waits for that one.
    os._exit(code)
