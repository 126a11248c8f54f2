"""What the provider has to know about a resource type, and to do for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from local.provider.aws import Aws
from local.provider.names import Autoname
from local.provider.values import Props


def words(text: str) -> frozenset[str]:
    """Split a table of property names."""
    return frozenset(text.split())


class Handler(ABC):
    """One resource type: how it is made, read, changed and deleted in the account.

    `read` is the only source of a resource's state: it answers every name of `inputs` but those of `unread`, with None
    for what the account does not have, in the shape of the provider's schema. Tags are not its business: a type with a
    `tagging` style has them read, written and merged with the default tags by the server.
    """

    type: ClassVar[str]
    # What a program may set. Anything else is refused, since it would be recorded without being done.
    inputs: ClassVar[frozenset[str]]
    # The inputs that AWS cannot change in place (ForceNew in the provider's schema).
    replace: ClassVar[frozenset[str]] = frozenset()
    # The outputs that a preview of a creation does not know.
    computed: ClassVar[tuple[str, ...]] = ()
    # Inputs that steer the provider: the account knows nothing of them.
    unread: ClassVar[frozenset[str]] = frozenset()
    # Nested inputs whose unset members AWS fills with values of its own.
    filled: ClassVar[frozenset[str]] = frozenset()
    # Inputs of which AWS says beside what came of them what was asked for: under which name `read` answers that.
    asked: ClassVar[Mapping[str, str]] = MappingProxyType({})
    autoname: ClassVar[Autoname | None] = None
    tagging: ClassVar[str] = ""

    @abstractmethod
    def create(self, aws: Aws, new: Props) -> str:
        """Make the resource, with the tags in `tagsAll`, and give its id."""

    @abstractmethod
    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        """Ask the account; None, or AWS's own "not found", when the resource is gone."""

    def update(  # noqa: B027 - a type without it is right to do nothing
        self, aws: Aws, identity: str, old: Props, new: Props
    ) -> None:
        """Change the resource in place, from the recorded state to the new inputs, but not its tags.

        A type without it has only inputs that replace the resource or steer the provider.
        """

    @abstractmethod
    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        """Delete the resource; AWS's own "not found" is success."""

    def replacing(self, changed: frozenset[str], old: Props, new: Props) -> frozenset[str]:
        """Name those of the changed inputs that need a new resource."""
        del old, new
        return changed & self.replace
