"""How the engine starts a stand-in: `python -m local.provider.start MODULE`, which is then run as if it had been named itself.

The stand-ins need pulumi's protocol and nothing else of it, but Python imports what a module lies in first: the whole
SDK, a third of the time in which a stand-in starts. Here empty packages take the place of those two, with the same folders.
"""

from __future__ import annotations

import runpy
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Final

AROUND_THE_PROTOCOL: Final = ("pulumi", "pulumi.runtime")


def leave_out_the_sdk() -> None:
    """Let this process import modules of pulumi.runtime.proto without the SDK around them."""
    found = find_spec(AROUND_THE_PROTOCOL[0])
    if found is None or not found.submodule_search_locations:
        return  # the import of the protocol says what is missing
    root, *_ = found.submodule_search_locations
    for name in AROUND_THE_PROTOCOL:
        package = ModuleType(name)
        package.__path__ = [str(Path(root, *name.split(".")[1:]))]
        sys.modules[name] = package


if __name__ == "__main__":
    del sys.argv[0]
    leave_out_the_sdk()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
