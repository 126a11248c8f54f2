"""The certificate authority of an account's servers."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import trustme

from local.account.postgres.configuration import CERTIFICATE
from local.account.postgres.unprivileged import give

NAMES: Final = ("127.0.0.1", "localhost")
OWNER_ONLY: Final = 0o600


class Authority:
    """Issues certificates for this machine; clients verify them with `certificate`, which has no secret in it."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA(organization_name="local account")
        self.certificate = folder / CERTIFICATE
        self._authority.cert_pem.write_to_path(self.certificate)

    def issue(self, folder: Path) -> None:
        """Write server.crt and server.key into the data folder of a server."""
        issued = self._authority.issue_cert(*NAMES)
        certificate, key = folder / "server.crt", folder / "server.key"
        issued.cert_chain_pems[0].write_to_path(certificate)
        key.touch(OWNER_ONLY)
        issued.private_key_pem.write_to_path(key)
        give(certificate, key)
