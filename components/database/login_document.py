"""What the secret of a database login holds."""

from __future__ import annotations

import re
from typing import Final, TypeAlias
from urllib.parse import quote

Document: TypeAlias = dict[str, object]

# asyncpg's words. "require" encrypts and believes every certificate; "verify-full" needs an image that carries the
# certificates of RDS.
SSL_MODES: Final = ("require", "verify-full")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")  # what PostgreSQL takes without quotes


def login_document(
    *, username: str, password: str, host: str, port: int, database: str, ssl: str
) -> Document:
    """The whole URL for SQLAlchemy with asyncpg, and its parts for those who cannot read a URL."""
    return {
        "database": database,
        "host": host,
        "password": password,
        "port": int(port),
        "url": database_url(
            username=username, password=password, host=host, port=port, database=database, ssl=ssl
        ),
        "username": username,
    }


def database_url(
    *, username: str, password: str, host: str, port: int, database: str, ssl: str
) -> str:
    """`postgresql+asyncpg://…`, in which no character of a part is taken for the URL's own."""
    login = f"{quote(username, safe='')}:{quote(password, safe='')}"
    return f"postgresql+asyncpg://{login}@{host}:{int(port)}/{quote(database, safe='')}?ssl={ssl}"


def login_problems(username: str, database: str, ssl: str) -> list[str]:
    """What PostgreSQL or asyncpg would not understand; empty when all is well."""
    found = [
        f"{what} is a lower-case letter and then up to 62 letters, digits and underscores, got {each!r}"
        for what, each in (("username", username), ("database", database))
        if not _NAME.fullmatch(each)
    ]
    if ssl not in SSL_MODES:
        found.append(f"ssl is {' or '.join(SSL_MODES)}, got {ssl!r}")
    return found
