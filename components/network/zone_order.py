"""How awsx lists what it made: zone by zone, and within a zone group by group."""

from __future__ import annotations

from collections.abc import Sequence


def of_group(ids: Sequence[str], *, group: str, groups: Sequence[str]) -> list[str]:
    """Pick the ids that belong to one group, in the order of the zones.

    awsx has no output by name; the order is that of its released versions, and tests hold it against the Name tags.
    """
    if len(ids) % len(groups):
        raise ValueError(
            f"awsx lists the same number of ids for each of {list(groups)}, got {len(ids)} ids"
        )
    return list(ids[groups.index(group) :: len(groups)])
