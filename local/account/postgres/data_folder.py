"""The data folder of a server."""

from __future__ import annotations

import logging
import shutil
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
log = logging.getLogger(__name__)


def make(folder: Path, programs: Programs, site: Site) -> None:
    """Make a data folder; AccountError with initdb's own words when it cannot be.

    It is a copy of the first one of its version in the site: initdb takes eight times as long.
    """
    with site.making:
        template = site.folder / f"template-{programs.version}"
        if not template.exists():
            _initialise(template, programs, site)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unprivileged.give(folder.parent)
    subprocess.run(["cp", "-a", template, folder], check=True)
    site.authority.issue(folder)


def configure(folder: Path, programs: Programs, parameters: Mapping[str, str]) -> None:
    """Write what the server is to read next; what of it is passed over is in the account's log."""
    text = configuration.parameters_file(parameters, programs)
    (folder / configuration.FILE).write_text(text)
    access = configuration.access_file(parameters, ADMINISTRATOR, tls=programs.tls)
    (folder / "pg_hba.conf").write_text(access)
    for name, reason in configuration.passed_over(parameters, programs).items():
        log.warning("%s: %s is not in force here: %s", folder.parent.name, name, reason)


def _initialise(folder: Path, programs: Programs, site: Site) -> None:
    draft = folder.with_name(f"{folder.name}.draft")
    draft.mkdir()
    unprivileged.give(draft)
    initdb = site.folder_of(programs) / "initdb"
    try:
        unprivileged.run(initdb, "-D", draft, "-U", ADMINISTRATOR, *CREATED_WITH)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(draft)
        raise AccountError(f"PostgreSQL makes no data folder: {error.stderr.strip()}") from error
    with (draft / "postgresql.conf").open("a") as file:
        file.write(f"include = '{configuration.FILE}'\n")
    draft.rename(folder)
