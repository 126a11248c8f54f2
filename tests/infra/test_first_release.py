"""Before its first release a service has everything that can be there without an image."""

from __future__ import annotations

import pytest

from stacks.catalogue import REQUIRED_SECRETS
from tests.engine.platform import STACKS, platform, run_program, stack_values
from tests.engine.recording import Recording
from tests.infra.changes import changes
from tests.infra.owners import SLUGS, belongings, suffix
from tests.infra.service_alarms import watching

NEEDS_AN_IMAGE = {
    "{slug}-task": "aws:ecs/taskDefinition:TaskDefinition",
    "{slug}-service": "aws:ecs/service:Service",
    "{slug}-target": "aws:appautoscaling/target:Target",
    "{slug}-cpu": "aws:appautoscaling/policy:Policy",
    "{slug}-memory": "aws:appautoscaling/policy:Policy",
    "{slug}-rollout-revision": "pulumi:index:Stash",
    "{slug}-secrets-done": "pulumi:index:Stash",
    **{
        f"{{slug}}{suffix(variable)}-policy": "aws:secretsmanager/secretPolicy:SecretPolicy"
        for variable in REQUIRED_SECRETS
    },
    "{slug}-migrations-done": "pulumi:index:Stash",
    "{slug}-migrations-task": "aws:ecs/taskDefinition:TaskDefinition",
    "{slug}-migrations-task-role": "aws:iam/role:Role",
    "{slug}-migrations-execution-role": "aws:iam/role:Role",
    "{slug}-migrations-execution-role-policy": "aws:iam/rolePolicy:RolePolicy",
    "{slug}-migrations-log": "aws:cloudwatch/logGroup:LogGroup",
    "{slug}-migrator-policy": "aws:secretsmanager/secretPolicy:SecretPolicy",
    "{slug}-migrations-tasks": "aws:ec2/securityGroup:SecurityGroup",
    "{slug}-migrations-to-https": "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "{slug}-migrations-database-egress": "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "{slug}-migrations-database-ingress": "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
}
MASKED = {
    "{slug}-migrations-log-mask": "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy"
}
OF_PUBLIC_SERVICES = {"{slug}-requests": "aws:appautoscaling/policy:Policy"}
TO_LOOK_AROUND_IN = {
    "{slug}-debug-task": "aws:ecs/taskDefinition:TaskDefinition",
    "{slug}-debug-task-role": "aws:iam/role:Role",
    "{slug}-debug-task-role-policy": "aws:iam/rolePolicy:RolePolicy",
    "{slug}-debug-execution-role": "aws:iam/role:Role",
    "{slug}-debug-execution-role-policy": "aws:iam/rolePolicy:RolePolicy",
}


def needing_an_image(stack: str, slug: str) -> set[tuple[str, str]]:
    service = SLUGS[slug]
    expected = dict(NEEDS_AN_IMAGE)
    if service.exposure == "public":
        expected |= OF_PUBLIC_SERVICES
    if service.exposure == "public" or service.zone == "card":
        expected |= MASKED
    if service.zone != "card":
        expected |= TO_LOOK_AROUND_IN
    named = {(kind, name.format(slug=slug)) for name, kind in expected.items()}
    return named | watching(stack, slug, service)


def readers(*slugs: str) -> dict[str, set[str]]:
    """The policies of the logins that get a further reader: the app's, where there is a debug task."""
    names = {
        f"{slug}-{login}"
        for slug in slugs
        if SLUGS[slug].zone != "card"
        for login in ("app-a", "app-b")
    }
    path = "policy.Statement.0.Condition.ArnNotLike.aws:PrincipalArn"
    return {f"SecretPolicy {name}-policy": {path} for name in names}


def having(recording: Recording, slug: str) -> set[tuple[str, str]]:
    return {(each.type, each.name) for each in belongings(recording, slug)}


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("stack", STACKS)
def test_a_service_without_an_image_lacks_only_what_runs_one(stack: str, slug: str) -> None:
    complete, first = platform(stack), platform(stack, images=False)
    assert having(first, slug) | needing_an_image(stack, slug) == having(complete, slug)
    assert having(first, slug) & needing_an_image(stack, slug) == set()


@pytest.mark.parametrize("stack", STACKS)
def test_the_first_release_adds_and_changes_nothing_that_was_there(stack: str) -> None:
    release = changes(platform(stack, images=False), platform(stack))
    # The roles of the new tasks join the readers of the logins, and those of nothing else.
    assert release.changed == readers(*SLUGS)
    assert release.removed == set()
    assert len(release.added) == sum(len(needing_an_image(stack, slug)) for slug in SLUGS)


def test_one_service_without_an_image_is_no_matter_of_the_others() -> None:
    values = stack_values("staging")
    del values["services"]["payouts"]["image"]
    without = run_program(values)
    release = changes(without, platform("staging"))
    assert release.added == {
        f"{kind.rpartition(':')[2]} {name}" for kind, name in needing_an_image("staging", "payouts")
    }
    # Its caller's tasks see it only after a deployment of their own, which the caller's gate asks for.
    assert release.changed == {
        "Stash turnstay-api-rollout-revision": {"input.callees.payouts"},
        **readers("payouts"),
    }
    assert without.exports["without_image"] == ["payouts"]


@pytest.mark.parametrize("stack", STACKS)
def test_an_operator_is_told_which_services_have_no_image_and_where_it_goes(stack: str) -> None:
    exports = platform(stack, images=False).exports
    catalogue = sorted(each.name for each in SLUGS.values())
    assert exports["without_image"] == catalogue
    assert sorted(exports["repositories"]) == catalogue
    assert platform(stack).exports["without_image"] == []
