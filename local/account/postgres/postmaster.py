"""The process of a server."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import Final

from local.account import free_ports
from local.account.errors import AccountError
from local.account.postgres import unprivileged
from local.account.postgres.administration import administer
from local.account.postgres.programs import Programs
from local.account.postgres.site import Site

SETTINGS: Final = (
    f"--listen_addresses={free_ports.ADDRESS}",
    "--fsync=off",
    # Who comes by the socket is believed to be the administrator.
    "--unix_socket_permissions=0700",
)
ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
IN_USE: Final = "Address already in use"
START_SECONDS, STOP_SECONDS = 60.0, 10.0
POLL_SECONDS: Final = 0.03
SAID: Final = 2_000  # characters of the log, in an error


class Postmaster:
    """Runs the server of a data folder, remembered in the site's journal as long as it runs."""

    def __init__(self, site: Site, programs: Programs, data: Path, log: Path) -> None:
        self.port = 0
        self._site, self._programs, self._data, self._log = site, programs, data, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, wanted: int = 0) -> None:
        """Return when it takes connections on the port that is wanted, or on another one if that is taken.

        AccountError with the end of its log when it does not.
        """
        while not self._run(free_ports.take(wanted)):
            wanted = 0  # somebody was quicker

    def stop(self) -> None:
        """End it, and every connection with it; again is no error."""
        process, self._process = self._process, None
        if not process:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._site.journal.remove(process.pid)
        free_ports.give_back([self.port])

    def reload(self) -> None:
        """Let it read its files again, if it runs."""
        if self._process:
            self._process.send_signal(signal.SIGHUP)

    def administer(self, sql: str, **variables: str) -> str:
        """Run a script of psql as the superuser and return what it prints."""
        return administer(self._site.sockets, self.port, sql, **variables)

    def _run(self, port: int) -> bool:
        """Start it on a port and wait for it; False when somebody else has taken the port."""
        before = self._log.stat().st_size if self._log.exists() else 0
        self.port, process = port, self._spawn(port)
        self._process = process
        self._site.journal.add(process.pid)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.administer("SELECT 1")
            except AccountError as error:
                if process.poll() is None and time.monotonic() < deadline:
                    time.sleep(POLL_SECONDS)
                    continue
                self.stop()
                said = self._log.read_bytes()[before:].decode(errors="replace")
                if IN_USE in said:
                    return False
                raise AccountError(f"PostgreSQL does not start: {said[-SAID:].strip()}") from error
            else:
                return True

    def _spawn(self, port: int) -> subprocess.Popen[bytes]:
        command = [
            str(self._site.folder_of(self._programs) / "postgres"),
            "-D",
            str(self._data),
            *SETTINGS,
            f"--port={port}",
            f"--unix_socket_directories={self._site.sockets}",
            f"--ssl={'on' if self._programs.tls else 'off'}",
        ]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                start_new_session=True,
                **unprivileged.options(),
            )
