"""IAM's decision about one request: an explicit deny wins, then an allow, else no.

Every element of a statement is known here or refused, so a policy is never taken for narrower than it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from tests.policies.conditions import Context, holds, matches

Document = Mapping[str, Any]
Decision = Literal["allow", "deny", "no"]
"""`no`: nothing allows it; `deny`: something refuses it, so nothing else can allow it."""
ELEMENTS: Final = {
    *("Sid", "Effect", "Condition", "Principal", "NotPrincipal"),
    *("Action", "NotAction", "Resource", "NotResource"),
}


class UnknownElementError(Exception):
    """A statement has an element whose meaning is not written down here."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked for; `context` holds the values of condition keys."""

    action: str
    resource: str = "*"
    context: Context = field(default_factory=dict)
    principal: str = ""
    """whom a trust policy is asked about: an OIDC provider, a service, an account"""


def decision(documents: Iterable[Document], request: Request) -> Decision:
    """What the policies of one kind say together."""
    effects = {
        each["Effect"]
        for document in documents
        for each in statements(document)
        if _applies(each, request)
    }
    return "deny" if "Deny" in effects else "allow" if "Allow" in effects else "no"


def allowed(
    identity: Sequence[Document], request: Request, *, boundary: Document | None = None
) -> bool:
    """Whether a role may: its policies allow it, and so does its boundary if it has one."""
    return decision(identity, request) == "allow" and (
        boundary is None or decision([boundary], request) == "allow"
    )


def may_assume(trust: Document, provider: str, claims: Mapping[str, str]) -> bool:
    """Whether a token with these claims of an OIDC provider takes the role."""
    host = provider.partition(":oidc-provider/")[2]
    context = {f"{host}:{claim}": value for claim, value in claims.items()}
    request = Request(action="sts:AssumeRoleWithWebIdentity", context=context, principal=provider)
    return decision([trust], request) == "allow"


def statements(document: Document) -> list[dict[str, Any]]:
    """The statements of a policy, each with elements that are known here."""
    if document.get("Version") != "2012-10-17":
        raise UnknownElementError(
            f"version {document.get('Version')}: variables mean another thing"
        )
    found = document["Statement"]
    found = found if isinstance(found, list) else [found]
    for each in found:
        if unknown := set(each) - ELEMENTS:
            raise UnknownElementError(f"{', '.join(sorted(unknown))} in {json.dumps(each)[:80]}")
        if "${" in json.dumps(each):
            raise UnknownElementError(f"a policy variable in {json.dumps(each)[:80]}")
    return found


def _applies(statement: Mapping[str, Any], request: Request) -> bool:
    return (
        _named(statement, "Action", request.action.lower(), lower=True)
        and _named(statement, "Resource", request.resource)
        and _by(statement, request.principal)
        and holds(statement.get("Condition", {}), request.context)
    )


def _named(statement: Mapping[str, Any], key: str, text: str, *, lower: bool = False) -> bool:
    """Whether `Action` or `Resource` names it, or its `Not…` does not; a trust policy names no resource."""
    for name, wanted in ((key, True), (f"Not{key}", False)):
        if name in statement:
            patterns = (each.lower() if lower else each for each in _many(statement[name]))
            return any(matches(each, text) for each in patterns) is wanted
    return key == "Resource" and "Principal" in statement


def _by(statement: Mapping[str, Any], principal: str) -> bool:
    """Whether a trust policy names the principal; an identity policy names none and holds for its role."""
    if "NotPrincipal" in statement:
        raise UnknownElementError("NotPrincipal lets in whoever is not thought of")
    if "Principal" not in statement:
        return True
    named = statement["Principal"]
    if named == "*":
        return True
    found = [each for values in named.values() for each in _many(values)]
    return principal in found or "*" in found


def _many(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [str(value)]
