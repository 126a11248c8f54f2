"""A PostgreSQL server on 127.0.0.1 that looks like an instance of RDS."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from local.account import free_ports
from local.account.postgres import data_folder
from local.account.postgres.configuration import forces_tls
from local.account.postgres.postmaster import Postmaster
from local.account.postgres.programs import Programs
from local.account.postgres.site import Site
from local.account.postgres.tls_front import TlsFront

ROLES: Final = Path(__file__).with_name("rds_roles.sql")


class Server:
    """A server with its data below the site; `start` again after `stop` goes on with it.

    `master` is no superuser, as on RDS. It speaks TLS whatever it was built with, and listens on the port that was
    asked for, or on another one if that is taken.
    """

    def __init__(
        self,
        site: Site,
        name: str,
        programs: Programs,
        *,
        master: str,
        parameters: Mapping[str, str] | None = None,
        port: int = 0,
    ) -> None:
        self.folder, self.programs = site.folder / name, programs
        self.master, self.port = master, port
        self._site, self._parameters = site, parameters or {}
        self._data = self.folder / "data"
        self._postmaster = Postmaster(site, programs, self._data, self.log)
        self._front: TlsFront | None = None

    @property
    def authority(self) -> Path:
        """What clients verify it with."""
        return self._site.authority.certificate

    @property
    def log(self) -> Path:
        """What PostgreSQL reports."""
        return self.folder / "postgresql.log"

    def start(self, password: str | None = None, database: str = "postgres") -> None:
        """Return when it takes connections; AccountError with the end of its log when it does not.

        A new one gets its master user and a first database; the master gets the password, if one is given.
        """
        fresh = not self._data.exists()
        if fresh:
            data_folder.make(self._data, self.programs, self._site)
        data_folder.configure(self._data, self.programs, self._parameters)
        self._postmaster.start(self.port if self.programs.tls else 0)
        try:
            if fresh:
                self.administer(ROLES.read_text(), master=self.master, first=database)
            if password is not None:
                self.set_password(password)
            self._listen()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it, and every connection with it; again is no error."""
        front, self._front = self._front, None
        if front:
            front.stop()
            free_ports.give_back([self.port])
        self._postmaster.stop()

    def remove(self) -> None:
        """End it and delete its data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self, parameters: Mapping[str, str]) -> None:
        """Take in other parameters: at once where PostgreSQL can, the rest with the next start."""
        self._parameters = parameters
        data_folder.configure(self._data, self.programs, parameters)
        self._postmaster.reload()
        if self._front:
            self._front.forced = forces_tls(parameters)

    def set_password(self, password: str) -> None:
        """Give the master user another password."""
        statement = "ALTER ROLE :\"master\" PASSWORD :'password';"
        self.administer(statement, master=self.master, password=password)

    def administer(self, sql: str, **variables: str) -> str:
        """Run a script of psql as the superuser and return what it prints."""
        return self._postmaster.administer(sql, **variables)

    def _listen(self) -> None:
        if self.programs.tls:
            self.port = self._postmaster.port
            return
        listener = free_ports.listen(self.port)
        self.port = listener.getsockname()[1]
        forced = forces_tls(self._parameters)
        front = TlsFront(listener, self._postmaster.port, self._data, forced=forced)
        self._front = front.start()
