"""Several changes for the worse that one control must notice with the same finding."""

from __future__ import annotations

from tests.controls.mutation import Change, Control, Mutation


def table(control: Control, finding: str, *changes: tuple[str, Change]) -> list[Mutation]:
    """The mutations, one a change; each is told by its own words."""
    return [Mutation(control, what, change, finding) for what, change in changes]
