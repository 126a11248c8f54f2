"""Functions that run as processes of this machine: their own code, their own environment, and no way off it."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Final

from local.account.delivery.function_copy import Copy, Outcome, Program
from local.account.leftovers import Journal

# urllib and boto3 go through a proxy to everywhere but here, and nothing listens at this one.
NOWHERE: Final = "http://127.0.0.1:9"
PROXIES: Final = {"HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE, "NO_PROXY": "127.0.0.1"}


class Functions:
    """The copies of an account's functions, one of each. Calls of one function wait for each other."""

    def __init__(self, account_id: str, endpoint: str, journal: Journal) -> None:
        self._endpoint, self._journal = endpoint, journal
        self._folder = Path(tempfile.mkdtemp(prefix=f"functions-{account_id}-"))
        self._copies: dict[str, Copy] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock, self._closed = threading.Lock(), False

    def call(self, program: Program, code: bytes, event: object) -> Outcome:
        """Call a function, in the copy that the last call left."""
        with self._lock:
            lock = self._locks.setdefault(program.arn, threading.Lock())
        with lock:
            copy = self._copies.get(program.arn)
            if copy is None or copy.program != program or not copy.is_alive:
                copy = self._start(program, code)
            return copy.call(event)

    def _start(self, program: Program, code: bytes) -> Copy:
        with self._lock:
            if self._closed:
                raise RuntimeError("the account has ended")
            if before := self._copies.pop(program.arn, None):
                before.end()
            copy = Copy(program, code, self._environment(program), self._folder, self._journal)
            self._copies[program.arn] = copy
            return copy

    def _environment(self, program: Program) -> dict[str, str]:
        region = program.arn.split(":")[3]
        return {
            **dict(program.environment),
            **PROXIES,
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_ENDPOINT_URL": self._endpoint,
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_LAMBDA_FUNCTION_NAME": program.arn.rpartition(":")[2],
        }

    def close(self) -> None:
        """End every copy."""
        with self._lock:
            self._closed = True
            for copy in self._copies.values():
                copy.end()
        shutil.rmtree(self._folder, ignore_errors=True)
