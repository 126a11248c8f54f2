"""What there is to watch in a recorded program: the values of each dimension, and what each resource needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from tests.engine.outputs import OUTPUTS, REGION
from tests.engine.recording import Recording
from tests.engine.registration import Registration

Read = Callable[[Registration], str]


class Need(NamedTuple):
    """A metric that has to have an alarm, for one resource."""

    resource: str
    namespace: str
    metric: str
    dimension: str
    value: str


def _out(key: str) -> Read:
    """An output that the recording makes up by the resource's name, or an input."""

    def read(each: Registration) -> str:
        return str({**OUTPUTS[each.type](each.name, each.inputs), **each.inputs}[key])

    return read


def _discovery(each: Registration) -> str:
    services = (each.inputs.get("serviceConnectConfiguration") or {}).get("services") or [{}]
    return str(services[0].get("discoveryName"))


def _acl_metric(each: Registration) -> str:
    return str(each.inputs["visibilityConfig"]["metricName"])


SERVICE: Final = "aws:ecs/service:Service"
TARGET_GROUP: Final = "aws:lb/targetGroup:TargetGroup"
DIMENSIONS: Final[dict[str, tuple[str, Read]]] = {
    "CertificateArn": ("aws:acm/certificate:Certificate", _out("arn")),
    "ClusterName": ("aws:ecs/cluster:Cluster", _out("name")),
    "DBInstanceIdentifier": ("aws:rds/instance:Instance", _out("identifier")),
    "FunctionName": ("aws:lambda/function:Function", _out("name")),
    "LoadBalancer": ("aws:lb/loadBalancer:LoadBalancer", _out("arnSuffix")),
    "NatGatewayId": ("aws:ec2/natGateway:NatGateway", lambda each: f"{each.name}-id"),
    "QueueName": ("aws:sqs/queue:Queue", _out("name")),
    "ScheduleGroup": ("aws:scheduler/scheduleGroup:ScheduleGroup", _out("name")),
    "ServiceName": (SERVICE, _out("name")),
    "TargetDiscoveryName": (SERVICE, _discovery),
    "TargetGroup": (TARGET_GROUP, _out("arnSuffix")),
    "TopicName": ("aws:sns/topic:Topic", _out("name")),
    "WebACL": ("aws:wafv2/webAcl:WebAcl", _acl_metric),
}
FIXED: Final = {"Region": {REGION}, "Rule": {"ALL"}}

# By dimension: the metrics that each of its resources needs an alarm on.
MATRIX: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "CertificateArn": ("AWS/CertificateManager", ("DaysToExpiry",)),
    "DBInstanceIdentifier": (
        "AWS/RDS",
        (
            *("CPUUtilization", "DBLoad", "DatabaseConnections", "FreeableMemory"),
            *("FreeStorageSpace", "ReadLatency", "WriteLatency", "EBSIOBalance%"),
            *("EBSByteBalance%", "MaximumUsedTransactionIDs"),
        ),
    ),
    "FunctionName": ("AWS/Lambda", ("Errors", "Throttles")),
    "LoadBalancer": (
        "AWS/ApplicationELB",
        ("HTTPCode_ELB_5XX_Count", "RequestCount", "RejectedConnectionCount"),
    ),
    "NatGatewayId": ("AWS/NATGateway", ("ErrorPortAllocation", "PacketsDropCount")),
    "QueueName": ("AWS/SQS", ("ApproximateNumberOfMessagesVisible",)),
    "ScheduleGroup": (
        "AWS/Scheduler",
        ("InvocationDroppedCount", "TargetErrorCount", "InvocationThrottleCount"),
    ),
    "ServiceName": ("AWS/ECS", ("CPUUtilization", "MemoryUtilization")),
    "TargetGroup": (
        "AWS/ApplicationELB",
        (
            *("HTTPCode_Target_5XX_Count", "RequestCount", "TargetResponseTime"),
            *("UnHealthyHostCount", "TargetConnectionErrorCount"),
        ),
    ),
    "TopicName": (
        "AWS/SNS",
        (
            *("NumberOfNotificationsFailed", "NumberOfNotificationsRedrivenToDlq"),
            "NumberOfNotificationsFailedToRedriveToDlq",
        ),
    ),
    "WebACL": ("AWS/WAFV2", ("BlockedRequests", "AllowedRequests")),
}
INTERNAL: Final = (
    *("HTTPCode_Target_5XX_Count", "HTTPCode_Target_2XX_Count", "TargetResponseTime"),
)


def _is_used(recording: Recording, group: Registration) -> bool:
    """Before its service has an image nothing is behind a target group."""
    arn = _out("arn")(group)
    return any(
        balancer["targetGroupArn"] == arn
        for each in recording.all(SERVICE)
        for balancer in each.inputs.get("loadBalancers") or ()
    )


def values_of(recording: Recording, dimension: str) -> set[str]:
    """The values of a dimension that some resource of the program has; a dimension nobody knows has none."""
    if dimension in FIXED:
        return FIXED[dimension]
    if dimension not in DIMENSIONS:
        return set()
    kind, read = DIMENSIONS[dimension]
    return {read(each) for each in recording.all(kind)}


def required(recording: Recording) -> Iterator[Need]:
    """All that has to be watched in this program."""
    for dimension, (namespace, metrics) in MATRIX.items():
        kind, read = DIMENSIONS[dimension]
        for each in recording.all(kind):
            if kind == TARGET_GROUP and not _is_used(recording, each):
                continue
            for metric in metrics:
                yield Need(each.name, namespace, metric, dimension, read(each))
    for each in recording.all(SERVICE):
        name = _out("name")(each)
        yield Need(each.name, "ECS/ContainerInsights", "RunningTaskCount", "ServiceName", name)
        if not each.inputs.get("loadBalancers"):
            for metric in INTERNAL:
                yield Need(each.name, "AWS/ECS", metric, "TargetDiscoveryName", _discovery(each))
