"""What the random provider makes: of each type the inputs it takes, and its outputs."""

from __future__ import annotations

import base64
import secrets
import string
from dataclasses import dataclass
from typing import Final

from local.provider.errors import ProviderError
from local.provider.handler import words
from local.provider.values import UNKNOWN, Props, Value

PASSWORD: Final = "random:index/randomPassword:RandomPassword"  # noqa: S105 - a type
ID: Final = "random:index/randomId:RandomId"
# By input: the signs that a password may have, and the input that says how many of them it has at least.
GROUPS: Final = {
    "lower": (string.ascii_lowercase, "minLower"),
    "upper": (string.ascii_uppercase, "minUpper"),
    "numeric": (string.digits, "minNumeric"),
    "special": ("!@#$%&*()-_=+[]{}<>:?", "minSpecial"),
}
DEFAULTS: Final = dict.fromkeys(GROUPS, True)
INPUTS: Final = {
    PASSWORD: words(
        "keepers length lower minLower minNumeric minSpecial minUpper numeric overrideSpecial special upper"
    ),
    ID: words("byteLength keepers prefix"),
}
# `bcryptHash` is not among them: Python has no bcrypt of its own.
OUTPUTS: Final = {PASSWORD: words("result"), ID: words("b64Std b64Url dec hex")}


@dataclass(frozen=True)
class Made:
    """The id of a resource and what it has besides its inputs."""

    identity: str
    outputs: Props


def refused(kind: str, inputs: Props) -> Props:
    """Say of each input why it is not taken."""
    known = _known(kind)
    problems: Props = {
        key: f"{kind} takes no {key} in the local account; it takes {', '.join(sorted(known))}"
        for key in inputs
        if key not in known
    }
    length, least = (
        ("length", sum(_number(inputs.get(minimum)) for _, minimum in GROUPS.values()))
        if kind == PASSWORD
        else ("byteLength", 1)
    )
    if inputs.get(length) != UNKNOWN and _number(inputs.get(length)) < max(least, 1):
        problems[length] = f"{length} is at least {max(least, 1)}, got {inputs.get(length)}"
    return problems


def _number(value: Value) -> int:
    """A number, or 0 for what is not set or not known yet."""
    return value if isinstance(value, int) else 0


def changed(kind: str, old: Props, new: Props) -> list[str]:
    """Name the inputs that differ, each of which makes another one; saying a default is no difference."""
    defaults = DEFAULTS if kind == PASSWORD else {}
    before, after = {**defaults, **old}, {**defaults, **new}
    return sorted(
        key
        for key in {*before, *after}
        if before.get(key) != after.get(key) and (before.get(key) or after.get(key))
    )


def made(kind: str, inputs: Props) -> Made:
    """Make one."""
    _known(kind)
    return _password(inputs) if kind == PASSWORD else _id(inputs)


def _known(kind: str) -> frozenset[str]:
    if kind not in INPUTS:
        raise ProviderError(
            f"the local account's random provider does not know {kind}; it knows {', '.join(sorted(INPUTS))}"
        )
    return INPUTS[kind]


def _password(inputs: Props) -> Made:
    allowed, signs = "", []
    for name, (group, minimum) in GROUPS.items():
        own = inputs.get("overrideSpecial") or group if name == "special" else group
        signs += [secrets.choice(own) for _ in range(inputs.get(minimum) or 0)]
        allowed += own if inputs.get(name, True) else ""
    if not allowed:
        raise ProviderError("a password has lower, upper, numeric or special signs, got none")
    signs += [secrets.choice(allowed) for _ in range(inputs["length"] - len(signs))]
    secrets.SystemRandom().shuffle(signs)
    return Made("none", {"result": "".join(signs)})


def _id(inputs: Props) -> Made:
    content, prefix = secrets.token_bytes(inputs["byteLength"]), inputs.get("prefix") or ""
    plain = base64.urlsafe_b64encode(content).rstrip(b"=").decode()
    texts = {
        "b64Std": base64.b64encode(content).decode(),
        "b64Url": plain,
        "dec": str(int.from_bytes(content)),
        "hex": content.hex(),
    }
    return Made(plain, {name: prefix + text for name, text in texts.items()})
