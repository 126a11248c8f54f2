"""One way around tenant isolation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Severity: TypeAlias = Literal["leak", "risk", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("leak", "risk", "note")
MEANINGS: Final[dict[Severity, str]] = {
    "leak": "a tenant can read, change or infer rows of another one, as things are",
    "risk": "one more mistake, or one more privilege, makes it a leak",
    "note": "it fails closed, or is worth knowing",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong with which object, and the way out. `code` is the name under which docs/audit.md explains it."""

    severity: Severity
    code: str
    object: str
    problem: str
    way_out: str

    @property
    def order(self) -> tuple[int, str, str, str]:
        """The worst first, then by object."""
        return SEVERITIES.index(self.severity), self.object, self.code, self.problem
