"""Where private packages are kept, and who may install and publish them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field, PlainSerializer

from stacks.field_types import Region, RoleNames, Switch
from stacks.section import Section

Publishers = Annotated[
    Mapping[str, RoleNames], AfterValidator(MappingProxyType), PlainSerializer(dict)
]


class PackagesSettings(Section):
    """The CodeArtifact domain, of which there is one for all stacks."""

    manage: Switch = False
    """whether this stack makes the domain; true in exactly one stack"""
    region: Region | None = None
    """the region of the domain, where account.region has no CodeArtifact"""
    readers: RoleNames = ()
    """roles that install packages, those of people included"""
    publishers: Publishers = Field(default_factory=lambda: MappingProxyType({}))
    """each private package, and the roles that publish it; a package that is not here cannot be published"""
