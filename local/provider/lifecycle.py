"""What the engine has done: create, read, update and delete, with the account's answer as the only state."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from local.provider import tag_styles
from local.provider.aws import Aws
from local.provider.checking import DEFAULTS, difference, without_defaults_key
from local.provider.errors import PartlyCreatedError, ProviderError, is_gone
from local.provider.handler import Handler
from local.provider.sameness import in_words_of, is_empty, restricted
from local.provider.tags import Tags, without_defaults
from local.provider.values import Props, Value


@dataclass(frozen=True)
class Found:
    """A resource as the account has it: its outputs, and its inputs as a program would write them."""

    identity: str
    outputs: Props
    inputs: Props


class Required(dict[str, Value]):
    """Values of which each that is missed is an error that names it."""

    def __missing__(self, key: str) -> Value:
        raise ProviderError(f"{key} is missing")


def create(handler: Handler, aws: Aws, new: Props) -> Found:
    """Make a resource and read it back."""
    inputs = Required(without_defaults_key(new))
    identity = handler.create(aws, inputs)
    found = find(handler, aws, identity, inputs, new)
    if found is None:
        raise ProviderError(f"{identity} is not in the account after it was created")
    return found


def salvage(handler: Handler, aws: Aws, error: PartlyCreatedError, new: Props) -> Found | None:
    """Read what there is of a resource whose creation failed half-way."""
    # The first error is the one to report; whatever this read runs into is nothing new.
    with suppress(Exception):
        return find(handler, aws, error.identity, without_defaults_key(new), new)
    return None


def update(
    handler: Handler, aws: Aws, identity: str, outputs: Props, old: Props, new: Props
) -> Found:
    """Change a resource and read it back; `outputs` and `old` are its recorded outputs and inputs."""
    inputs = Required(without_defaults_key(new))
    if {*difference(handler, old, new).changed} - {"tags", "tagsAll"}:
        handler.update(aws, identity, {**outputs, **without_defaults_key(old)}, inputs)
    if handler.tagging:
        style = tag_styles.STYLES[handler.tagging]
        resource = style.resource(identity, outputs)
        tag_styles.change(aws, style, resource, outputs.get("tagsAll") or {}, inputs["tagsAll"])
    state = {key: value for key, value in outputs.items() if key not in handler.unread}
    found = find(handler, aws, identity, {**state, **inputs}, new)
    if found is None:
        raise ProviderError(f"{identity} is no longer in the account")
    return found


def find(handler: Handler, aws: Aws, identity: str, state: Props, inputs: Props) -> Found | None:
    """Ask the account for a resource; None when it is gone.

    `state` is what is known of it, `inputs` what the program set: only these become inputs again, so that what AWS fills
    in is no change. Without inputs (an import) everything that the account answers becomes an input.
    """
    try:
        answer = handler.read(aws, identity, Required(state))
    except Exception as error:
        if is_gone(error):
            return None
        raise
    if answer is None:
        return None
    theirs = {**answer, **_tags(handler, aws, identity, answer, inputs)}
    steering = {key: state[key] for key in handler.unread if key in state}
    mine = without_defaults_key(inputs)
    outputs = {
        key: in_words_of(mine[key], value) if key in mine else value
        for key, value in theirs.items()
        if key not in handler.asked.values()
    }
    return Found(
        identity,
        {**outputs, **steering},
        _as_written(handler, mine, {**theirs, **steering}, inputs.get(DEFAULTS, [])),
    )


def _tags(handler: Handler, aws: Aws, identity: str, answer: Props, inputs: Props) -> Props:
    if not handler.tagging:
        return {}
    everything: Tags = tag_styles.read(aws, tag_styles.STYLES[handler.tagging], identity, answer)
    own = inputs.get("tags") or {}
    return {
        "tags": without_defaults(everything, own, aws.default_tags),
        "tagsAll": everything,
    }


def _as_written(handler: Handler, mine: Props, theirs: Props, defaults: list[str]) -> Props:
    if not mine:
        known = {*handler.inputs, *(["tagsAll"] if handler.tagging else [])}
        asked = {key: theirs.get(handler.asked.get(key, key)) for key in known}
        written = {key: value for key, value in asked.items() if not is_empty(value)}
        return {**written, DEFAULTS: []}
    written = {}
    for key, value in mine.items():
        answer = theirs.get(handler.asked.get(key, key))
        if key in handler.filled:
            answer = restricted(value, answer)
        written[key] = value if key == "region" else in_words_of(value, answer)
    return {
        **{key: value for key, value in written.items() if value is not None},
        DEFAULTS: defaults,
    }


def delete(handler: Handler, aws: Aws, identity: str, state: Props) -> None:
    """Delete a resource; one that is gone already is deleted."""
    try:
        handler.delete(aws, identity, Required(state))
    except Exception as error:
        if not is_gone(error):
            raise
