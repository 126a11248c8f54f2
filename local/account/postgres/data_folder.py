"""The data folder of a server."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from local.account.errors import AccountError
from local.account.postgres import configuration, unprivileged
from local.account.postgres.administration import ADMINISTRATOR
from local.account.postgres.programs import Programs
from local.account.postgres.site import Site

# Nothing survives the account, so nothing waits for the disk. RDS sorts by en_US, which not every machine has.
CREATED_WITH: Final = ("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")


def make(folder: Path, programs: Programs, site: Site) -> None:
    """Make a data folder; AccountError with initdb's own words when it cannot be."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unprivileged.give(folder.parent)
    initdb = site.folder_of(programs) / "initdb"
    try:
        unprivileged.run(initdb, "-D", folder, "-U", ADMINISTRATOR, *CREATED_WITH)
    except subprocess.CalledProcessError as error:
        raise AccountError(f"PostgreSQL makes no data folder: {error.stderr.strip()}") from error
    with (folder / "postgresql.conf").open("a") as file:
        file.write(f"include = '{configuration.FILE}'\n")
    site.authority.issue(folder)


def configure(folder: Path, programs: Programs, parameters: Mapping[str, str]) -> None:
    """Write what the server is to read next."""
    text = configuration.parameters_file(parameters, programs.libraries)
    (folder / configuration.FILE).write_text(text)
    access = configuration.access_file(parameters, ADMINISTRATOR, tls=programs.tls)
    (folder / "pg_hba.conf").write_text(access)
