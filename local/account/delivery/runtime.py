"""What runs inside a function's process, started by its path: an event a line on standard input, an answer a line back.

It stands for Lambda's runtime: it imports the handler once, keeps it between events, and shows no more of an error than
Lambda does.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
import traceback
from typing import Any


def main(folder: str, entry: str) -> None:
    """Answer events until there are no more."""
    sys.path.insert(0, folder)
    module, _, name = entry.rpartition(".")
    for line in sys.stdin:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            answer = _answer(module, name, json.loads(line))
        print(json.dumps(answer | {"log": said.getvalue().splitlines()}), flush=True)


def _answer(module: str, name: str, event: object) -> dict[str, Any]:
    try:
        handler = getattr(importlib.import_module(module), name)
        return {"result": handler(event, None)}
    except Exception as error:  # noqa: BLE001 - whatever the function does
        traceback.print_exc()
        kind = type(error).__name__
        trace = traceback.format_tb(error.__traceback__)
        return {
            "error": {"errorMessage": str(error), "errorType": kind, "stackTrace": trace},
        }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
