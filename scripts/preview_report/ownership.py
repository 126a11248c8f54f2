"""Which service a resource belongs to."""

from __future__ import annotations

from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.values import is_unknown, mapping
from stacks.catalogue import CATALOGUE
from stacks.names import slug

PLATFORM: Final = "platform"
# The longest first: no service is taken for another whose name it begins with.
_SLUGS: Final = tuple(sorted((slug(name) for name in CATALOGUE), key=len, reverse=True))


def service_of(change: Change) -> str:
    """The slug of its service by its `service` tag or its name; `platform` when it is nobody's alone."""
    for inputs in (change.will, change.was):
        for key in ("tags", "tagsAll"):
            tag = mapping(inputs.get(key)).get("service")
            if tag and not is_unknown(tag):
                return slug(str(tag))
    for each in _SLUGS:
        if change.name == each or change.name.startswith(f"{each}-"):
            return each
    return PLATFORM
