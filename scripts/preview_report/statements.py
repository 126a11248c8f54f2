"""Policy documents as grants that can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from typing import Final

from scripts.preview_report.values import Json, decoded, is_unknown, items, mapping, texts

KEYS: Final = (
    "accessPolicy",
    "assumeRolePolicy",
    "inlinePolicies",
    "policy",
    "policyDocument",
    "policyText",
)


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One action on one resource for one principal; what is negated says so in front of its text."""

    action: str
    resource: str
    principal: str
    condition: str

    def covers(self, other: Grant) -> bool:
        """Whether who has this one gains nothing by the other."""
        return (
            _matches(other.action.lower(), self.action.lower())
            and _matches(other.resource, self.resource)
            and self.principal in (other.principal, "*")
            and self.condition in ("", other.condition)
        )


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All documents under one property of a resource."""

    key: str
    allows: frozenset[Grant]
    denies: frozenset[str]
    known: bool


def policies(inputs: Json) -> Iterator[Policy]:
    """The policies among a resource's inputs, wherever a document with statements stands."""
    for key, value in inputs.items():
        found = [each for each in _documents(value) if "Statement" in each]
        hidden = key in KEYS and is_unknown(value) and not found
        if found or hidden:
            yield _policy(key, found, known=not hidden)


def empty(key: str) -> Policy:
    """A policy that grants nothing."""
    return Policy(key=key, allows=frozenset(), denies=frozenset(), known=True)


def _documents(value: object) -> Iterator[Json]:
    for each in items(decoded(value)):
        document = mapping(decoded(each))
        yield document
        # An entry of `inlinePolicies` has a name, and the document under `policy`.
        yield mapping(decoded(document.get("policy")))


def _policy(key: str, documents: list[Json], *, known: bool) -> Policy:
    statements = [mapping(each) for document in documents for each in items(document["Statement"])]
    allows = {
        grant for each in statements if each.get("Effect") != "Deny" for grant in _grants(each)
    }
    denies = {
        json.dumps(each | {"Sid": ""}, sort_keys=True)
        for each in map(dict, statements)
        if each.get("Effect") == "Deny"
    }
    return Policy(key=key, allows=frozenset(allows), denies=frozenset(denies), known=known)


def _grants(statement: Json) -> Iterator[Grant]:
    condition = statement.get("Condition")
    said = json.dumps(condition, sort_keys=True) if condition else ""
    for action, resource, principal in product(
        _either(statement, "Action"), _either(statement, "Resource"), _principals(statement)
    ):
        yield Grant(action=action, resource=resource, principal=principal, condition=said)


def _either(statement: Json, key: str) -> tuple[str, ...]:
    if f"Not{key}" in statement:
        # Never cut into parts: each part would read as all but one.
        return (f"all but {', '.join(sorted(texts(statement[f'Not{key}'])))}",)
    return tuple(dict.fromkeys(texts(statement.get(key)))) or ("",)


def _principals(statement: Json) -> tuple[str, ...]:
    if "NotPrincipal" in statement:
        return (f"all but {json.dumps(statement['NotPrincipal'], sort_keys=True)}",)
    principal = statement.get("Principal")
    if principal is None:
        return ("",)
    if not isinstance(principal, dict):
        return texts(principal)
    found = [f"{kind}:{each}" for kind, some in principal.items() for each in texts(some)]
    return tuple("*" if each == "AWS:*" else each for each in found)


def _matches(text: str, pattern: str) -> bool:
    """IAM knows * and ?; brackets are themselves. A text with wildcards of its own is compared as it stands."""
    if pattern in (text, "*"):
        return True
    if text.startswith("all but") or pattern.startswith("all but"):
        return False
    return fnmatchcase(text, pattern.replace("[", "[[]")) and not ("?" in pattern and "*" in text)
