"""The code of a function, from the engine's archive to the zip file that Lambda takes."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from typing import Final

from local.provider.errors import ProviderError
from local.provider.values import Props, Value

# The engine's marks of an archive and of an asset (sdk/go/common/resource/{archive,asset}).
MARK: Final = "4dabf18193072939515e22adb298388d"
ARCHIVE: Final = "0def7320c3a5731c473e5ecbe6d01bc7"
ASSET: Final = "c44067f5952c0a294b673a41bacd8c17"
# The first day that a zip file can say: the same files are the same bytes.
DAY: Final = (1980, 1, 1, 0, 0, 0)
READABLE: Final = 0o644 << 16


def zipped(archive: Value) -> bytes:
    """Pack an archive of texts; ProviderError for one that is made of anything else."""
    if not isinstance(archive, dict) or archive.get(MARK) != ARCHIVE or "assets" not in archive:
        raise ProviderError("the local account takes the code of a function as an archive of texts")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, asset in sorted(archive["assets"].items()):
            entry = zipfile.ZipInfo(path, DAY)
            entry.external_attr = READABLE
            packed.writestr(entry, _text(path, asset))
    return buffer.getvalue()


def archive_of(digest: str, archive: Value) -> Props | None:
    """The archive, if the code in the account is still this one; None when somebody put in another."""
    return archive if archive and code_digest(zipped(archive)) == digest else None


def code_digest(packed: bytes) -> str:
    """What Lambda calls CodeSha256."""
    return base64.b64encode(hashlib.sha256(packed).digest()).decode()


def _text(path: str, asset: Value) -> str:
    if isinstance(asset, dict) and asset.get(MARK) == ASSET and isinstance(asset.get("text"), str):
        return str(asset["text"])
    raise ProviderError(f"{path} in the code of a function is no text")
