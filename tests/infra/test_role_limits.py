"""How far the program's own roles can go, as IAM would judge it."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws
import pytest

from components.compute.task_roles import TaskRoles, TaskRolesArgs
from infra.delivery import build_delivery
from infra.role_limits import build_role_limits
from stacks import names
from tests.engine.mutate import mutated
from tests.engine.platform import STACKS, platform, settings_of
from tests.engine.recording import record
from tests.infra.places import account
from tests.infra.roles_of import ROLE, Judged, judged
from tests.policies.evaluate import Request, decision, statements


@pytest.mark.parametrize("stack", STACKS)
def test_no_role_of_the_program_needs_more_than_its_boundary(stack: str) -> None:
    recording = platform(stack)
    for each in recording.all(ROLE):
        if each.inputs.get("path") == names.program_role_path(stack):
            assert beyond(stack, judged(recording, each.name)) == []


def test_a_role_that_needs_more_than_its_boundary_is_found() -> None:
    policy = "ledger-execution-role-policy"
    path = "policy!.Statement.0.Action.0"
    worse = mutated(
        platform("staging"), "aws:iam/rolePolicy:RolePolicy", policy, path, "s3:GetObject"
    )
    (found,) = beyond("staging", judged(worse, "ledger-execution-role"))
    assert found[0] == "s3:GetObject"


def test_without_delivery_roles_have_their_path_and_nothing_of_a_pipeline_is_made() -> None:
    settings = settings_of("staging").model_copy(update={"delivery": None})

    def program() -> None:
        opts = build_role_limits(settings, pulumi.ResourceOptions())
        args = TaskRolesArgs(account_id=settings.account.id, region="x", execution_statements=[])
        TaskRoles("task", args, opts=opts)
        build_delivery(settings, {}, {}, aws.Provider("aws", region="eu-west-1"))

    recording = record(program, stack="staging")
    roles = recording.all(ROLE)
    assert {each.inputs.get("path") for each in roles} == {"/turnstay/staging/"}
    assert {each.inputs.get("permissionsBoundary") for each in roles} == {None}
    assert not [each for each in recording.registrations.values() if ":delivery:" in each.type]


def beyond(stack: str, found: Judged) -> list[tuple[str, str]]:
    """What a role's policies allow and its boundary does not."""
    assert found.boundary is not None
    context = {
        "aws:RequestedRegion": "eu-west-1",
        "aws:ResourceTag/managed-by": "pulumi",
        "kms:GrantIsForAWSResource": "true",
    }
    return [
        (action, resource)
        for policy in found.policies
        for statement in statements(policy)
        for action in _many(statement["Action"])
        for resource in _many(statement["Resource"])
        # Recorded ARNs of made-up outputs are of the recording's account, boundaries of the stack's.
        if decision(
            [found.boundary],
            Request(
                action=action,
                resource=resource.replace("111122223333", account(stack)),
                context=context,
            ),
        )
        != "allow"
    ]


def _many(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
