"""The PostgreSQL servers of an account's RDS instances."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.account.errors import AccountError
from local.account.leftovers import Journal
from local.account.postgres.programs import DEFAULT, Programs, installed, programs
from local.account.postgres.server import Server
from local.account.postgres.site import Site
from local.account.rds.log_shipping import LogShipping

log = logging.getLogger(__name__)
_databases: Final[dict[str, Databases]] = {}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an instance asks of its server."""

    resource_id: str
    identifier: str
    region: str
    version: str
    master: str
    port: int
    parameters: Mapping[str, str]


class Databases:
    """The servers of one account, by the resource ids of their instances. While it is open, `databases_of` finds it.

    Their data lie in `folder`, and are gone when it is closed; without one, in a temporary folder.
    """

    def __init__(self, account_id: str, folder: Path | None, journal: Journal) -> None:
        self.account_id = account_id
        self._folder, self._journal = folder, journal
        self._site: Site | None = None
        self._servers: dict[str, Server] = {}
        self._logs = LogShipping(account_id)
        self._lock = threading.Lock()
        _databases[account_id] = self

    @property
    def authority(self) -> Path | None:
        """What clients verify the servers with; None while there was none."""
        return self._site.authority.certificate if self._site else None

    def start(self, wanted: Wanted, password: str, database: str | None) -> Server:
        """Make a server and return when it takes connections; AccountError when it cannot be."""
        server = Server(
            self._open_site(),
            f"{wanted.region}-{wanted.identifier}",
            programs_for(wanted.version),
            master=wanted.master,
            parameters=wanted.parameters,
            port=wanted.port,
        )
        try:
            server.start(password, database or "postgres")
        except BaseException:
            server.remove()
            raise
        self._servers[wanted.resource_id] = server
        return server

    def of(self, resource_id: str) -> Server | None:
        """Return the server of an instance."""
        return self._servers.get(resource_id)

    def ship_logs(self, wanted: Wanted, group: str) -> None:
        """Copy what a server reports, and has reported, to a log group; again is no error."""
        self._logs.add(
            self._servers[wanted.resource_id].log, wanted.region, group, wanted.identifier
        )

    def keep_logs(self, resource_id: str) -> None:
        """Copy what a server reports to a log group no more; one that is not copied is no error."""
        self._logs.drop(self._servers[resource_id].log)

    def remove(self, resource_id: str) -> None:
        """End the server of an instance and delete its data."""
        if server := self._servers.pop(resource_id, None):
            server.stop()
            self._logs.drop(server.log)
            server.remove()

    def close(self) -> None:
        """End all servers and delete their data."""
        for resource_id in list(self._servers):
            self.remove(resource_id)
        self._logs.stop()
        if self._site:
            self._site.close()
        del _databases[self.account_id]

    def _open_site(self) -> Site:
        with self._lock:
            if not self._site:
                self._site = (
                    Site(folder=self._folder, journal=self._journal)
                    if self._folder
                    else Site.temporary(self._journal)
                )
            return self._site


def databases_of(account_id: str) -> Databases | None:
    """Find the servers of an account that runs in this process."""
    return _databases.get(account_id)


def programs_for(version: str) -> Programs:
    """Choose the programs of an engine version, `17` or `17.10`; AccountError says what is here when it is not.

    Where nothing has the default version the next one stands in for it, as its log says.
    """
    number = version.split(".", maxsplit=1)[0]
    if not number.isdecimal():
        raise AccountError(
            f"a version of PostgreSQL is a number such as {DEFAULT}, got {version!r}"
        )
    major = int(number)
    try:
        return programs(major)
    except AccountError:
        others = sorted(
            (each for each in installed() if each.major > DEFAULT), key=lambda each: each.major
        )
        if major != DEFAULT or not others:
            raise
        log.warning("PostgreSQL %d is not on this machine: %s stands in", major, others[0].version)
        return others[0]
