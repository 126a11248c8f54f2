from __future__ import annotations

import pulumi
import pytest

from components.delivery.delivery_role import DeliveryRole, DeliveryRoleArgs
from components.delivery.github_provider import GithubProvider, GithubProviderArgs
from components.delivery.permissions_boundary import PermissionsBoundary, PermissionsBoundaryArgs
from components.delivery.statements import allow, document
from tests.engine.outputs import ACCOUNT, arn
from tests.engine.recording import Recording, record

ROLE = "aws:iam/role:Role"
POLICY = "aws:iam/policy:Policy"
TRUST = document([{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity"}])


def recorded(**more: object) -> Recording:
    def program() -> None:
        DeliveryRole(
            "deploy",
            DeliveryRoleArgs(
                role_name="turnstay-staging-deploy",
                description="Updates staging",
                trust=TRUST,
                statements=[allow("Key", ["kms:Decrypt"], [pulumi.Output.from_input("arn:x")])],
                managed_documents={"network": document([allow("A", ["ec2:CreateVpc"], ["*"])])},
                boundary_arn=arn("iam", "policy/b"),
                **more,  # type: ignore[arg-type]
            ),
        )

    return record(program)


def test_a_role_has_its_trust_its_boundary_and_one_session_length() -> None:
    role = recorded(session_seconds=7200).one(ROLE, "deploy-role")
    assert role.json("assumeRolePolicy") == TRUST
    assert {key: value for key, value in role.inputs.items() if key != "assumeRolePolicy"} == {
        "name": "turnstay-staging-deploy",
        "description": "Updates staging",
        "permissionsBoundary": arn("iam", "policy/b"),
        "maxSessionDuration": 7200,
    }


def test_a_role_has_its_own_policy_and_each_other_one_attached() -> None:
    recording = recorded()
    own = recording.one("aws:iam/rolePolicy:RolePolicy", "deploy-rights")
    assert own.inputs["role"] == "turnstay-staging-deploy"
    assert own.json("policy") == document([allow("Key", ["kms:Decrypt"], ["arn:x"])])
    other = recording.one(POLICY, "deploy-network")
    assert other.inputs["name"] == "turnstay-staging-deploy-network"
    (attached,) = recording.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    assert attached.inputs == {
        "role": "turnstay-staging-deploy",
        "policyArn": f"arn:aws:iam::{ACCOUNT}:policy/turnstay-staging-deploy-network",
    }


@pytest.mark.parametrize("seconds", [900, 43_201])
def test_a_session_that_iam_would_refuse_is_refused_before(seconds: int) -> None:
    with pytest.raises(ValueError, match=f"session_seconds is 3600 to 43200, got {seconds}"):
        recorded(session_seconds=seconds)


@pytest.mark.parametrize("protect", [True, False])
def test_tokens_of_github_for_aws_are_accepted_without_a_thumbprint(protect: bool) -> None:
    recording = record(lambda: _provider(protect=protect))
    (provider,) = recording.all("aws:iam/openIdConnectProvider:OpenIdConnectProvider")
    assert provider.inputs == {
        "url": "https://token.actions.githubusercontent.com",
        "clientIdLists": ["sts.amazonaws.com"],
    }
    assert provider.protect is protect


def _provider(*, protect: bool) -> None:
    GithubProvider("github", GithubProviderArgs(protect=protect))


def test_a_boundary_is_a_policy_that_is_attached_to_nobody() -> None:
    cut = document([allow("A", ["s3:*"], ["*"])])

    def program() -> None:
        args = PermissionsBoundaryArgs(policy_name="b", description="most", document=cut)
        PermissionsBoundary("workload-boundary", args)

    recording = record(program)
    policy = recording.one(POLICY, "workload-boundary-policy")
    assert (policy.inputs["name"], policy.json("policy")) == ("b", cut)
    assert not recording.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
