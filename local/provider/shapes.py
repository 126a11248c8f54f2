"""Nested values between the provider's schema and AWS's API, where the two differ in the spelling of names only."""

from __future__ import annotations

from collections.abc import Mapping

from local.provider.values import Value, capital


def to_aws(value: Value, renamed: Mapping[str, str] | None = None) -> Value:
    """Write a value as AWS takes it: names begin with a capital, those in `renamed` have another name there."""
    names = renamed or {}
    if isinstance(value, Mapping):
        return {
            names.get(key, capital(key)): to_aws(each, names)
            for key, each in value.items()
            if each is not None
        }
    return [to_aws(each, names) for each in value] if isinstance(value, list) else value


def from_aws(value: Value, renamed: Mapping[str, str] | None = None) -> Value:
    """Write AWS's answer as the provider's schema has it: the reverse of `to_aws`."""
    ours = {theirs: name for name, theirs in (renamed or {}).items()}
    return _from_aws(value, ours)


def _from_aws(value: Value, ours: Mapping[str, str]) -> Value:
    if isinstance(value, Mapping):
        return {
            ours.get(key, key[0].lower() + key[1:]): _from_aws(each, ours)
            for key, each in value.items()
        }
    return [_from_aws(each, ours) for each in value] if isinstance(value, list) else value
