"""What the deploy role may do in the real stacks, as IAM would judge it."""

from __future__ import annotations

import pytest

from tests.engine.platform import STACKS
from tests.infra.places import account, boundary, iam, program_role, state_bucket, state_key
from tests.infra.roles_of import Judged, role


@pytest.mark.parametrize("stack", STACKS)
def test_the_deploy_role_makes_roles_of_the_program_and_none_beyond_their_boundary(
    stack: str,
) -> None:
    deploy, own = role(stack, f"turnstay-{stack}-deploy"), program_role(stack)
    bounded = {"iam__PermissionsBoundary": boundary(stack, "workload")}
    for action in ("CreateRole", "PutRolePolicy", "PutRolePermissionsBoundary"):
        assert deploy.may(f"iam:{action}", own, **bounded)
        assert not deploy.may(f"iam:{action}", own)
        assert not deploy.may(
            f"iam:{action}", own, iam__PermissionsBoundary=boundary(stack, "deploy")
        )
    assert not deploy.may("iam:DeleteRolePermissionsBoundary", own, **bounded)
    assert not deploy.may("iam:AttachRolePolicy", own, **bounded)


@pytest.mark.parametrize("stack", STACKS)
def test_the_deploy_role_cannot_widen_its_own_rights(stack: str) -> None:
    deploy = role(stack, f"turnstay-{stack}-deploy")
    bounded = {"iam__PermissionsBoundary": boundary(stack, "workload")}
    for name in (f"turnstay-{stack}-deploy", f"turnstay-{stack}-preview", "turnstay/other/x", "x"):
        for action in ("PutRolePolicy", "UpdateAssumeRolePolicy", "CreateRole", "DeleteRole"):
            assert not deploy.may(f"iam:{action}", iam(stack, f"role/{name}"), **bounded)
    for action, rest in (
        ("CreatePolicyVersion", f"policy/turnstay-{stack}-deploy-boundary"),
        ("CreatePolicyVersion", f"policy/turnstay-{stack}-workload-boundary"),
        ("UpdateOpenIDConnectProviderThumbprint", "oidc-provider/x"),
        ("AddClientIDToOpenIDConnectProvider", "oidc-provider/x"),
        ("CreateUser", "user/x"),
        ("CreateAccessKey", "user/x"),
        ("CreateServiceLinkedRole", "role/aws-service-role/x"),
    ):
        assert not deploy.may(f"iam:{action}", iam(stack, rest))
    for action in ("sts:AssumeRole", "organizations:LeaveOrganization", "lambda:CreateFunction"):
        assert not deploy.may(action)


@pytest.mark.parametrize("stack", STACKS)
def test_the_deploy_role_hands_roles_to_the_services_that_are_meant_to_take_them(
    stack: str,
) -> None:
    deploy, own = role(stack, f"turnstay-{stack}-deploy"), program_role(stack)
    assert deploy.may("iam:PassRole", own, iam__PassedToService="ecs-tasks.amazonaws.com")
    assert not deploy.may("iam:PassRole", own, iam__PassedToService="ec2.amazonaws.com")
    assert not deploy.may("iam:PassRole", own)
    itself = iam(stack, f"role/turnstay-{stack}-deploy")
    assert not deploy.may("iam:PassRole", itself, iam__PassedToService="ecs-tasks.amazonaws.com")


@pytest.mark.parametrize("stack", STACKS)
def test_the_boundary_alone_would_hold_a_deploy_role_that_was_given_everything(stack: str) -> None:
    everything = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
    }
    found = role(stack, f"turnstay-{stack}-deploy")
    wide = Judged(
        name="", trust={}, policies=[*found.policies, everything], boundary=found.boundary
    )
    assert wide.may("ecs:CreateService", "anything")
    for action, resource in (
        ("iam:CreateUser", iam(stack, "user/x")),
        ("iam:PutRolePolicy", iam(stack, f"role/turnstay-{stack}-deploy")),
        ("iam:CreateRole", program_role(stack)),
        ("s3:DeleteObjectVersion", f"{state_bucket(stack)}/.pulumi/stacks/turnstay/{stack}.json"),
        ("s3:PutBucketPolicy", state_bucket(stack)),
        ("cloudtrail:StopLogging", "*"),
        ("dynamodb:CreateTable", "*"),
    ):
        assert not wide.may(action, resource)
    assert not wide.may("ecs:CreateService", "anything", aws__RequestedRegion="us-west-2")
    unbounded = Judged(name="", trust={}, policies=wide.policies, boundary=None)
    assert unbounded.may("iam:CreateUser", iam(stack, "user/x"))


@pytest.mark.parametrize("stack", STACKS)
def test_an_update_writes_the_state_and_cannot_lose_it(stack: str) -> None:
    deploy = role(stack, f"turnstay-{stack}-deploy")
    key, bucket = state_key(stack), state_bucket(stack)
    for action in ("GetObject", "PutObject", "DeleteObject"):
        assert deploy.may(f"s3:{action}", f"{bucket}/.pulumi/locks/x.json")
        assert not deploy.may(f"s3:{action}", f"{bucket}-logs/.pulumi/locks/x.json")
    for action in ("Decrypt", "GenerateDataKey"):
        assert deploy.may(f"kms:{action}", key)
    tags = {"aws__ResourceTag/project": "turnstay", "aws__ResourceTag/managed-by": "pulumi"}
    mine = f"arn:aws:kms:eu-west-1:{account(stack)}:key/mine"
    assert deploy.may("kms:ScheduleKeyDeletion", mine, **tags)
    assert not deploy.may("kms:ScheduleKeyDeletion", mine)
    assert not deploy.may("kms:Decrypt", mine, **tags)
    assert not deploy.may("kms:ScheduleKeyDeletion", key, **tags)
    assert not deploy.may("kms:PutKeyPolicy", key, **tags)


@pytest.mark.parametrize("stack", STACKS)
def test_what_the_program_calls_by_its_stack_is_deployed_and_nothing_of_another(stack: str) -> None:
    deploy = role(stack, f"turnstay-{stack}-deploy")
    here = f"eu-west-1:{account(stack)}"
    for action, resource in (
        ("ecs:UpdateService", f"arn:aws:ecs:{here}:service/turnstay-{stack}/ledger"),
        ("ecs:RunTask", f"arn:aws:ecs:{here}:task-definition/turnstay-{stack}-ledger-roles:1"),
        ("ecr:CreateRepository", f"arn:aws:ecr:{here}:repository/turnstay-{stack}/ledger"),
        ("rds:ModifyDBInstance", f"arn:aws:rds:{here}:db:turnstay-{stack}-general"),
        ("logs:CreateLogGroup", f"arn:aws:logs:{here}:log-group:/turnstay/{stack}/ledger"),
        ("secretsmanager:PutSecretValue", f"arn:aws:secretsmanager:{here}:secret:turnstay/{stack}/x-1"),
        ("sns:CreateTopic", f"arn:aws:sns:{here}:turnstay-{stack}-alerts"),
    ):  # fmt: skip
        assert deploy.may(action, resource)
        assert not deploy.may(action, resource.replace(stack, "other"))
    assert not deploy.may(
        "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{here}:secret:rds!db-1"
    )
    assert not deploy.may("ec2:DeleteVpc", f"arn:aws:ec2:{here}:vpc/vpc-1")
