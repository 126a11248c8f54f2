"""AWS takes the whole program: its limits hold over all resources together."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.controls import firewalls
from tests.engine.mutate import mutated
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording
from tests.infra.quotas import QUOTAS, TASK, above

# Types with a name that others rely on, and the inputs that make it unique in an account and region.
NAMED = {
    "aws:appautoscaling/target:Target": ("resourceId", "scalableDimension"),
    "aws:budgets/budget:Budget": ("name",),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": ("alarmName",),
    "aws:cloudwatch/dashboard:Dashboard": ("dashboardName",),
    "aws:cloudwatch/eventApiDestination:EventApiDestination": ("name",),
    "aws:cloudwatch/eventConnection:EventConnection": ("name",),
    "aws:cloudwatch/eventRule:EventRule": ("name",),
    "aws:cloudwatch/eventTarget:EventTarget": ("rule", "targetId"),
    "aws:cloudwatch/logGroup:LogGroup": ("name",),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ("policyName",),
    "aws:cloudwatch/metricAlarm:MetricAlarm": ("name",),
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": ("ecrRepositoryPrefix",),
    "aws:ecr/repository:Repository": ("name",),
    "aws:ecs/cluster:Cluster": ("name",),
    "aws:ecs/service:Service": ("cluster", "name"),
    "aws:iam/policy:Policy": ("name",),
    "aws:iam/role:Role": ("name",),
    "aws:kms/alias:Alias": ("name",),
    "aws:lambda/function:Function": ("name",),
    "aws:lb/listenerRule:ListenerRule": ("listenerArn", "priority"),
    "aws:rds/instance:Instance": ("identifier",),
    "aws:route53/record:Record": ("zoneId", "name", "type"),
    "aws:scheduler/schedule:Schedule": ("groupName", "name"),
    "aws:scheduler/scheduleGroup:ScheduleGroup": ("name",),
    "aws:secretsmanager/secret:Secret": ("name",),
    "aws:servicediscovery/httpNamespace:HttpNamespace": ("name",),
    "aws:sns/topic:Topic": ("name",),
    "aws:sqs/queue:Queue": ("name",),
    TASK: ("family",),
}


def taken_twice(recording: Recording) -> list[str]:
    """AWS refuses the second of these, or lets it overwrite the first."""
    found = []
    for kind, keys in NAMED.items():
        names = Counter(
            " ".join(str(each.inputs[key]) for key in keys)
            for each in recording.all(kind)
            if set(keys) <= each.inputs.keys()  # Pulumi makes up the names of most roles
        )
        found += [f"{kind}: {name}" for name, times in names.items() if times > 1]
    return found


@pytest.mark.parametrize("stack", STACKS)
def test_nobody_takes_more_than_there_is(stack: str) -> None:
    assert above(platform(stack)) == []


@pytest.mark.parametrize("stack", STACKS)
def test_every_quota_is_used_by_something(stack: str) -> None:
    unused = [quota.what for quota in QUOTAS if not any(quota.use(platform(stack)).values())]
    assert unused == []


@pytest.mark.parametrize("stack", STACKS)
def test_the_firewall_uses_no_more_than_its_basic_price_covers(stack: str) -> None:
    assert platform(stack).all(firewalls.WEB_ACL)
    assert firewalls.firewalls_stay_within_the_basic_price(platform(stack)) == []


@pytest.mark.parametrize("stack", STACKS)
def test_no_name_is_taken_twice(stack: str) -> None:
    assert taken_twice(platform(stack)) == []


@pytest.mark.parametrize("stack", STACKS)
def test_every_name_that_the_program_gives_is_watched(stack: str) -> None:
    """A type that gets a fixed name in future belongs into NAMED."""
    given = {
        each.type
        for each in platform(stack).registrations.values()
        if each.custom
        and {"name", "bucket", "family", "identifier", "ecrRepositoryPrefix"} & each.inputs.keys()
    }
    assert {kind for kind in given if kind.startswith("aws:")} - NAMED.keys() == OF_ANOTHER


# Their name or bucket is that of the bucket to which they belong; the family of parameters is a version of PostgreSQL.
OF_ANOTHER = {"aws:rds/parameterGroup:ParameterGroup"} | {
    f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}"
    for kind in (
        "BucketLifecycleConfiguration",
        "BucketOwnershipControls",
        "BucketPolicy",
        "BucketPublicAccessBlock",
        "BucketServerSideEncryptionConfiguration",
        "BucketVersioning",
    )
}


@pytest.mark.parametrize(
    ("kind", "name", "path", "value"),
    [
        ("aws:cloudwatch/logGroup:LogGroup", "recon-log", "name", "/turnstay/staging/ledger"),
        ("aws:lb/listenerRule:ListenerRule", "webhook-service-host", "priority", 10),
        (TASK, "payouts-debug-task", "family", "turnstay-staging-payouts"),
    ],
    ids=["log group", "priority", "family"],
)
def test_a_name_that_is_taken_twice_is_seen(kind: str, name: str, path: str, value: object) -> None:
    (found,) = taken_twice(mutated(platform("staging"), kind, name, path, value))
    assert found.startswith(kind)
