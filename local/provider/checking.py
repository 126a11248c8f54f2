"""What the engine asks before anything is done: are these inputs right, and what do they change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler
from local.provider.names import autoname
from local.provider.sameness import same
from local.provider.values import UNKNOWN, Props, has_unknown

# The inputs that the provider filled in itself, as the real one records it.
DEFAULTS: Final = "__defaults"


@dataclass(frozen=True)
class Difference:
    """The inputs that differ, those of them that need a new resource, and whether the old one must go first."""

    changed: list[str]
    replacing: list[str]
    delete_first: bool


def refused(handler: Handler, aws: Aws, new: Props) -> dict[str, str]:
    """Say for each input why it cannot be accepted; silence would record what is never done."""
    problems = {
        key: f"{handler.type} takes no {key} in the local account; it takes {_listed(handler.inputs)}"
        for key in new
        if key not in handler.inputs and key != "region"
    }
    if new.get("region", aws.region) != aws.region:
        problems["region"] = f"the local account has the region {aws.region}, not {new['region']}"
    return problems


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


def checked(handler: Handler, aws: Aws, name: str, seed: bytes, old: Props, new: Props) -> Props:
    """Complete the inputs: a name where there is none, and all tags with the provider's default tags."""
    complete = {key: value for key, value in new.items() if value is not None}
    defaults: list[str] = []
    rule = handler.autoname
    if rule and rule.property not in complete:
        defaults.append(rule.property)
        made_before = old.get(rule.property) if rule.property in old.get(DEFAULTS, []) else None
        complete[rule.property] = made_before or autoname(rule, name, seed)
    if handler.tagging:
        tags = complete.get("tags") or {}
        unknown = has_unknown(tags)
        complete["tagsAll"] = UNKNOWN if unknown else {**aws.default_tags, **tags}
    return {**complete, DEFAULTS: defaults}


def difference(
    handler: Handler, old: Props, new: Props, ignored: Collection[str] = ()
) -> Difference:
    """Compare inputs as AWS would: what only looks different is no change."""
    top_level = {path.split(".")[0].split("[")[0] for path in ignored}
    changed = [
        key
        for key in sorted({*old, *new} - {DEFAULTS} - top_level)
        if not same(old.get(key), new.get(key))
    ]
    replacing = sorted(handler.replacing(frozenset(changed), old, new))
    return Difference(changed, replacing, bool(replacing) and _keeps_its_name(handler, old, new))


def _keeps_its_name(handler: Handler, old: Props, new: Props) -> bool:
    """Tell whether old and new resource would bear one name, which the program chose."""
    rule = handler.autoname
    if rule is None or rule.property in new.get(DEFAULTS, []):
        return False
    return bool(old.get(rule.property) == new.get(rule.property))


def planned(handler: Handler, new: Props) -> Props:
    """Predict the outputs of a creation: what is not set and only AWS can say is unknown."""
    return {**dict.fromkeys(handler.computed, UNKNOWN), **without_defaults_key(new)}


def planned_update(outputs: Props, old: Props, new: Props) -> Props:
    """Predict the outputs of an update: those of the old inputs that are not set any more go."""
    kept = {key: value for key, value in outputs.items() if key in new or key not in old}
    return {**kept, **without_defaults_key(new)}


def without_defaults_key(inputs: Props) -> Props:
    """Leave out the provider's own note."""
    return {key: value for key, value in inputs.items() if key != DEFAULTS}
