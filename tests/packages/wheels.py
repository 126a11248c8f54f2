"""The smallest packages that an installer takes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Wheel:
    """One version of a package; `origin` says in its summary where it was made."""

    name: str
    version: str
    origin: str
    requires: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Its file name."""
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"

    @property
    def content(self) -> bytes:
        """The file."""
        folder = f"{self.name.replace('-', '_')}-{self.version}.dist-info"
        lines = [
            "Metadata-Version: 2.1",
            f"Name: {self.name}",
            f"Version: {self.version}",
            f"Summary: {self.origin}",
            *(f"Requires-Dist: {each}" for each in self.requires),
        ]
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, text in (
                (f"{folder}/METADATA", "\n".join(lines) + "\n"),
                (
                    f"{folder}/WHEEL",
                    "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                ),
                (f"{folder}/RECORD", ""),
            ):
                archive.writestr(
                    zipfile.ZipInfo(name), text
                )  # no date, so the same bytes each time
        return made.getvalue()

    @property
    def sha256(self) -> str:
        """What a lock file holds of it."""
        return hashlib.sha256(self.content).hexdigest()
