"""Package groups: which one a package belongs to, and what its origin controls come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

ROOT: Final = "/*"
ORIGINS: Final = ("PUBLISH", "EXTERNAL_UPSTREAM", "INTERNAL_UPSTREAM")
MODES: Final = ("ALLOW", "ALLOW_SPECIFIC_REPOSITORIES", "BLOCK", "INHERIT")
FORMATS: Final = ("npm", "pypi", "maven", "nuget", "generic", "ruby", "swift", "cargo")
# The format, then the namespace, then the name: the last of them may be left open.
_PATTERN: Final = re.compile(
    rf"/\*|/(?:{'|'.join(FORMATS)})/(?:\*|[^/*~$\s]+~|[^/*~$\s]*/(?:\*|[^/*~$\s]+[~$]))"
)


@dataclass
class Group:
    """One group as it was set. Each origin has a mode, and the repositories that it is restricted to."""

    pattern: str
    arn: str
    description: str = ""
    contact: str = ""
    modes: dict[str, str] = field(default_factory=lambda: dict.fromkeys(ORIGINS, "INHERIT"))
    allowed: dict[str, list[str]] = field(
        default_factory=lambda: {origin: [] for origin in ORIGINS}
    )


def is_pattern(text: str) -> bool:
    """Tell whether AWS would take it for the definition of a group."""
    return bool(_PATTERN.fullmatch(text))


def package_path(name: str) -> str:
    """The path of a Python package, in PyPI's normal form: there are no namespaces."""
    return "/pypi//" + re.sub(r"[-_.]+", "-", name).lower()


def matches(pattern: str, path: str) -> bool:
    """Tell whether a package, or the definition of a narrower group, falls under a pattern."""
    start, kind = pattern[:-1], pattern[-1]
    if kind == "$":
        return path == start
    if not path.startswith(start):
        return False
    rest = path[len(start) :]
    # A prefix ends where a word does: `turnstay~` is `turnstay-common` and not `turnstayed`.
    return kind == "*" or not rest or not rest[0].isalnum()


def group_of(patterns: Iterable[str], path: str) -> str:
    """The most particular of the patterns that a path falls under."""
    return max((each for each in patterns if matches(each, path)), key=_particular)


def parent_of(patterns: Iterable[str], pattern: str) -> str | None:
    """The group from which another one inherits; None for root."""
    if pattern == ROOT:
        return None
    others = [each for each in patterns if _particular(each) < _particular(pattern)]
    return group_of(others, pattern[:-1])


def source_of(groups: Mapping[str, Group], pattern: str, origin: str) -> Group:
    """The group whose mode holds for an origin: itself, or the first above it that does not inherit."""
    group = groups[pattern]
    above = parent_of(groups, pattern)
    if group.modes[origin] != "INHERIT" or above is None:
        return group
    return source_of(groups, above, origin)


def allows(groups: Mapping[str, Group], package: str, origin: str, repository: str) -> bool:
    """Tell whether versions of a Python package may come into a repository by an origin."""
    holder = source_of(groups, group_of(groups, package_path(package)), origin)
    mode = holder.modes[origin]
    return mode == "ALLOW" or (
        mode == "ALLOW_SPECIFIC_REPOSITORIES" and repository in holder.allowed[origin]
    )


def _particular(pattern: str) -> tuple[int, int]:
    return len(pattern[:-1]), "*~$".index(pattern[-1])
