"""The names that the certificate vouches for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

NAME: Final = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
# Characters of a certificate's common name; the other names may have 253.
LONGEST_SUBJECT: Final = 64


def certificate_names(domain: str, hosts: Sequence[str]) -> tuple[str, ...]:
    """The domain, then each host once, sorted: the order in which hosts are listed must not make a new certificate."""
    for name in (domain, *hosts):
        if not NAME.fullmatch(name):
            raise ValueError(
                f"a certificate's names are full host names in lower case without a wildcard, got {name!r}"
            )
    if len(domain) > LONGEST_SUBJECT:
        raise ValueError(
            f"domain is the certificate's subject and has at most {LONGEST_SUBJECT} characters,"
            f" got {len(domain)}: {domain}"
        )
    if strays := [host for host in hosts if host != domain and not host.endswith(f".{domain}")]:
        raise ValueError(f"hosts lie in {domain}, got {strays}")
    return domain, *sorted(set(hosts) - {domain})
