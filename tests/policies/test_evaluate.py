from __future__ import annotations

from typing import Any

import pytest

from tests.policies.conditions import UnknownOperatorError
from tests.policies.evaluate import (
    Request,
    UnknownElementError,
    allowed,
    decision,
    may_assume,
)

READ = Request(action="s3:GetObject", resource="arn:aws:s3:::state/key")


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], "no"),
        ([allow("s3:GetObject")], "allow"),
        ([allow("S3:getobject")], "allow"),
        ([allow(["s3:Put*", "s3:Get*"])], "allow"),
        ([allow("*", "arn:aws:s3:::state/*")], "allow"),
        ([allow("s3:GetObject", "arn:aws:s3:::State/*")], "no"),
        ([allow("s3:GetObject", "arn:aws:s3:::state")], "no"),
        ([allow("s3:GetObject", Condition={"Bool": {"k": "true"}})], "no"),
        ([allow("s3:GetObject"), deny("s3:*")], "deny"),
        ([deny("s3:GetObject", Condition={"StringNotEquals": {"k": "a"}})], "deny"),
        ([{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}], "allow"),
        ([{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}], "no"),
        ([{"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::state/*"}], "no"),
        ([{"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::other"}], "deny"),
    ],
    ids=str,
)
def test_a_deny_wins_over_an_allow_and_an_allow_over_nothing(
    statements: list[dict[str, Any]], expected: str
) -> None:
    assert decision([policy(*statements)], READ) == expected
    assert decision([policy(each) for each in statements], READ) == expected


@pytest.mark.parametrize(
    ("identity", "boundary", "expected"),
    [
        (allow("s3:*"), None, True),
        (allow("s3:*"), allow("s3:Get*"), True),
        (allow("s3:*"), allow("ec2:*"), False),
        (allow("ec2:*"), allow("s3:*"), False),
        (allow("s3:*"), deny("s3:*"), False),
        (deny("s3:*"), allow("s3:*"), False),
    ],
)
def test_a_role_may_what_its_policies_and_its_boundary_allow_both(
    identity: dict[str, Any], boundary: dict[str, Any] | None, expected: bool
) -> None:
    cut = None if boundary is None else policy(boundary)
    assert allowed([policy(identity)], READ, boundary=cut) is expected


PROVIDER = "arn:aws:iam::111122223333:oidc-provider/example.com"


@pytest.mark.parametrize(
    ("principal", "claims", "expected"),
    [
        ({"Federated": PROVIDER}, {"sub": "me"}, True),
        ({"Federated": PROVIDER}, {"sub": "you"}, False),
        ({"Federated": PROVIDER}, {}, False),
        ({"Federated": "arn:aws:iam::111122223333:oidc-provider/other"}, {"sub": "me"}, False),
        ({"AWS": "*"}, {"sub": "me"}, True),
        ("*", {"sub": "me"}, True),
    ],
)
def test_a_token_takes_a_role_by_its_provider_and_its_claims(
    principal: Any, claims: dict[str, str], expected: bool
) -> None:
    trust = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"example.com:sub": "me"}},
    }
    assert may_assume(policy(trust), PROVIDER, claims) is expected


@pytest.mark.parametrize(
    ("document", "error", "text"),
    [
        (policy({**allow("*"), "Priority": 1}), UnknownElementError, "Priority in"),
        (policy(allow("*", "arn:aws:s3:::${aws:username}")), UnknownElementError, "variable"),
        ({"Version": "2008-10-17", "Statement": []}, UnknownElementError, "version 2008"),
        (policy({**allow("*"), "NotPrincipal": "*"}), UnknownElementError, "NotPrincipal lets"),
        (policy(allow("*", Condition={"IpAddress": {"a": "b"}})), UnknownOperatorError, "IpAddr"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_not_understood_is_an_error(
    document: dict[str, Any], error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        decision([document], READ)
