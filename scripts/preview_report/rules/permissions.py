"""Who may do more than before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.finding import Finding
from scripts.preview_report.statements import Grant, Policy, empty, policies
from scripts.preview_report.values import is_unknown, texts

# Actions that know no resource; AWS takes "*" alone for them.
WITHOUT_RESOURCE: Final = frozenset(
    {
        "cloudwatch:putmetricdata",
        "ecr:getauthorizationtoken",
        "logs:describeloggroups",
        "sts:getservicebearertoken",
        "xray:puttelemetryrecords",
        "xray:puttracesegments",
    }
)
# Wildcards that AWS's own examples for keys hold; each stands for a handful of actions.
FAMILIES: Final = frozenset({"kms:generatedatakey*", "kms:reencrypt*"})
POWERS: Final = re.compile(
    r"iam:(?!get|list)|sts:assumerole|organizations:|kms:(putkeypolicy|schedulekeydeletion|creategrant)"
)
PEOPLE: Final = ("aws:iam/accessKey:AccessKey", "aws:iam/user:User", "aws:iam/group:Group")
ATTACHMENTS: Final = re.compile(r"aws:iam/\w*[pP]olicyAttachment\w*:")
SHOWN: Final = 4


def wider_permissions(changes: Iterable[Change]) -> Iterator[Finding]:
    """New grants, lost denials, new policies of others, lost boundaries."""
    for change in changes:
        if change.kind == "keep":
            continue
        yield from _documents(change)
        if change.remains:
            yield from _identities(change)


def _documents(change: Change) -> Iterator[Finding]:
    before = {each.key: each for each in policies(change.was)}
    after = {each.key: each for each in policies(change.will)}
    for key in sorted({*before, *after}):
        old, new = before.get(key, empty(key)), after.get(key, empty(key))
        if not new.known:
            # The first policy of a role that is made in the same update gives nobody more who is there today.
            blocks = not (change.kind == "create" and is_unknown(change.will.get("role")))
            yield Finding(
                topic="access", change=change, text=f"{key} is known only afterwards", blocks=blocks
            )
            continue
        yield from _grants(change, old, new)
        if gone := len(old.denies - new.denies):
            text = f"{key}: {gone} of {len(old.denies)} denials are gone or changed"
            yield Finding(topic="access", change=change, text=text)


def _grants(change: Change, old: Policy, new: Policy) -> Iterator[Finding]:
    fresh = [
        each
        for each in sorted(new.allows - old.allows, key=str)
        if not any(was.covers(each) for was in old.allows)
    ]
    grave: dict[str, list[Grant]] = {}
    for each in fresh:
        grave.setdefault(_why(change, new.key, each), []).append(each)
    for why, grants in grave.items():
        yield Finding(
            topic="access", change=change, text=_text(new.key, why, grants), blocks=bool(why)
        )


def _why(change: Change, key: str, grant: Grant) -> str:  # noqa: PLR0911 - one line a reason
    """Why the grant wants a name; nothing when it is an exact one, as reviewers read them every day."""
    action, resource, principal = grant.action.lower(), grant.resource, grant.principal
    if any(each.startswith("all but") for each in (action, resource, principal)):
        return "everything but what it names"
    if is_unknown(action) or is_unknown(principal):
        return "known only afterwards"
    if principal == "*" or principal.endswith(":*"):
        return "anybody"
    if key == "assumeRolePolicy":
        return "" if principal.startswith("Service:") else "another who may become this role"
    if (
        re.fullmatch(r"AWS:arn:aws:iam::\d{12}:root", principal)
        and change.type == "aws:kms/key:Key"
        and _own(principal, change)
    ):
        return ""  # without it the key could not be managed at all
    if ("*" in action or "?" in action) and action not in FAMILIES:
        return "a wildcard for actions"
    if POWERS.match(action):
        return "a right that gives rights"
    if not principal and _everything(resource) and action not in WITHOUT_RESOURCE:
        return "all resources"
    return ""


def _own(principal: str, change: Change) -> bool:
    """A new key has no ARN yet; the account of one that exists is in it."""
    arn = str(change.old.get("id", "")) + str(change.was.get("policy", ""))
    return change.kind == "create" or principal.split(":")[5] in arn


def _everything(resource: str) -> bool:
    """Nothing but wildcards behind the service: arn:aws:s3:::*, arn:*, *."""
    last = resource.split(":", 5)[-1]
    return bool(re.fullmatch(r"[*?]*", last)) or bool(
        re.fullmatch(r"(key|secret|repository|role|table)[:/][*]+", last)
    )


def _text(key: str, why: str, grants: list[Grant]) -> str:
    said = list(dict.fromkeys(_said(each) for each in grants))
    more = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
    return f"{key} allows {'**' + why + '**: ' if why else ''}{', '.join(said[:SHOWN])}{more}"


def _said(grant: Grant) -> str:
    resource = "something made now" if is_unknown(grant.resource) else grant.resource
    on = f" on `{resource}`" if resource else ""
    who = f" for `{grant.principal}`" if grant.principal else ""
    return f"`{grant.action}`{on}{who}"


def _identities(change: Change) -> Iterator[Finding]:
    if change.type in PEOPLE and change.kind == "create":
        yield Finding(topic="access", change=change, text="is an identity with keys of its own")
    if ATTACHMENTS.match(change.type) and change.was.get("policyArn") != change.will.get(
        "policyArn"
    ):
        yield Finding(
            topic="access", change=change, text="attaches a policy that is not shown here"
        )
    if new := set(texts(change.will.get("managedPolicyArns"))) - set(
        texts(change.was.get("managedPolicyArns"))
    ):
        text = f"attaches {len(new)} policies that are not shown here"
        yield Finding(topic="access", change=change, text=text)
    before, after = change.was.get("permissionsBoundary"), change.will.get("permissionsBoundary")
    if before and before != after:
        yield Finding(
            topic="access", change=change, text="its permissions boundary is gone or another one"
        )
