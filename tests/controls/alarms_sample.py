"""A small platform with all that alarms watch, for the controls to be tried on."""

from __future__ import annotations

from functools import cache

import pulumi
import pulumi_aws as aws

from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.alert_topic import AlertTopic, AlertTopicArgs
from components.observability.control_notices import CONTROL_NOTICES
from components.observability.deployment import deployment_alarm_names
from components.observability.event_notices import EventNotices, EventNoticesArgs
from components.observability.money_flow_alarm import MoneyFlowAlarm, MoneyFlowAlarmArgs
from components.observability.money_flows import FLOWS
from components.observability.objectives import (
    Definitions,
    deployment,
    internal_service,
    load_balancer,
    public_service,
)
from components.observability.secret_notices import unexpected_reader_notice
from components.observability.service_notices import task_failure_notice
from components.observability.tables.databases import database_table
from components.observability.tables.delivery import (
    dead_letter_table,
    function_table,
    schedule_table,
    topic_table,
)
from components.observability.tables.edge import certificate_table, firewall_table
from components.observability.tables.network import nat_table
from tests.engine.outputs import ACCOUNT, REGION, arn
from tests.engine.recording import Recording, record

CLUSTER = "turnstay-test"
RUNBOOKS = "https://example.com/docs/runbooks"


@cache
def watched() -> Recording:
    """The recording. Shared: never change it in place."""
    return record(_program)


def _program() -> None:
    topic = AlertTopic(
        "alerts",
        AlertTopicArgs(
            topic_name="turnstay-test-alerts",
            account_id=ACCOUNT,
            region=REGION,
            key_arn=arn("kms", "key/alerts"),
        ),
    )

    def watch(name: str, definitions: Definitions, **dimensions: object) -> AlarmSet:
        return AlarmSet(
            f"{name}-alarms",
            AlarmSetArgs(
                prefix=f"turnstay-test-{name}",
                definitions=definitions,
                dimensions=dimensions,  # type: ignore[arg-type]
                topic_arn=topic.arn,
                owner="platform",
                runbooks_url=RUNBOOKS,
            ),
        )

    cluster = aws.ecs.Cluster("cluster", name=CLUSTER)
    balancer = aws.lb.LoadBalancer("public-lb", load_balancer_type="application")
    group = aws.lb.TargetGroup("api-tg")
    watch("edge", load_balancer(availability_percent=99.95), LoadBalancer=balancer.arn_suffix)
    public = public_service(
        availability_percent=99.95, latency_ms=2000, latency_percent=99.0, min_tasks=2
    )
    internal = internal_service(availability_percent=99.95, latency_ms=500, min_tasks=2)
    for name, definitions in (("api", public), ("ledger", internal)):
        dimensions: dict[str, object] = {
            "ClusterName": CLUSTER,
            "ServiceName": name,
            "TargetDiscoveryName": name,
            "LoadBalancer": balancer.arn_suffix,
            "TargetGroup": group.arn_suffix,
        }
        watch(name, definitions, **dimensions)
        behind = group if definitions is public else None
        judge = watch(f"{name}-new", deployment(public=behind is not None), **dimensions)
        _service(name, cluster, behind, judge)
    _others(topic, watch)


def _service(
    name: str, cluster: aws.ecs.Cluster, group: aws.lb.TargetGroup | None, judge: AlarmSet
) -> None:
    aws.ecs.Service(
        f"{name}-service",
        name=name,
        cluster=cluster.arn,
        load_balancers=(
            [
                aws.ecs.ServiceLoadBalancerArgs(
                    target_group_arn=group.arn, container_name="app", container_port=8000
                )
            ]
            if group
            else None
        ),
        service_connect_configuration=aws.ecs.ServiceServiceConnectConfigurationArgs(
            enabled=True,
            services=[
                aws.ecs.ServiceServiceConnectConfigurationServiceArgs(
                    port_name="http", discovery_name=name
                )
            ],
        ),
        alarms=aws.ecs.ServiceAlarmsArgs(
            alarm_names=list(deployment_alarm_names(f"turnstay-test-{name}-new")),
            enable=True,
            rollback=True,
        ),
        opts=pulumi.ResourceOptions(depends_on=[judge]),
    )


def _others(topic: AlertTopic, watch: object) -> None:
    assert callable(watch)
    database = aws.rds.Instance(
        "general-instance", identifier="turnstay-test-general", instance_class="db.m7g.large"
    )
    tables = database_table(memory_gib=8, vcpus=2, storage_gib=100, max_connections=700)
    watch("general", Definitions(alarms=tables), DBInstanceIdentifier=database.identifier)
    gateway = aws.ec2.NatGateway("nat-a", subnet_id="subnet")
    watch("nat-a", Definitions(alarms=nat_table()), NatGatewayId=gateway.id)
    certificate = aws.acm.Certificate("certificate", domain_name="example.com")
    watch("certificate", Definitions(alarms=certificate_table()), CertificateArn=certificate.arn)
    aws.wafv2.WebAcl(
        "firewall-acl",
        scope="REGIONAL",
        default_action=aws.wafv2.WebAclDefaultActionArgs(
            allow=aws.wafv2.WebAclDefaultActionAllowArgs()
        ),
        visibility_config=aws.wafv2.WebAclVisibilityConfigArgs(
            cloudwatch_metrics_enabled=True, sampled_requests_enabled=False, metric_name="firewall"
        ),
    )
    watch(
        "firewall",
        Definitions(alarms=firewall_table()),
        WebACL="firewall",
        Region=REGION,
        Rule="ALL",
    )
    watch("alerts", Definitions(alarms=topic_table()), TopicName="turnstay-test-alerts")
    function = aws.lambda_.Function("deliver", name="deliver", role=arn("iam", "role"))
    watch("deliver", Definitions(alarms=function_table()), FunctionName=function.name)
    queue = aws.sqs.Queue("dead-letters", name="dead-letters")
    watch("dead-letters", Definitions(alarms=dead_letter_table()), QueueName=queue.name)
    schedules = aws.scheduler.ScheduleGroup("schedules", name="schedules")
    watch("schedules", Definitions(alarms=schedule_table()), ScheduleGroup=schedules.name)
    MoneyFlowAlarm(
        "payouts-flow",
        MoneyFlowAlarmArgs(
            stack="test",
            prefix="turnstay-test-payouts",
            flow=FLOWS["payouts"],
            within_hours=24,
            log_group_name=aws.cloudwatch.LogGroup("payouts-log", name="/turnstay/payouts").name,
            topic_arn=topic.arn,
            owner="payouts",
            runbooks_url=RUNBOOKS,
        ),
    )
    EventNotices(
        "notices",
        EventNoticesArgs(
            prefix="turnstay-test",
            notices=[
                *CONTROL_NOTICES,
                unexpected_reader_notice(ACCOUNT, ["deploy"]),
                task_failure_notice(arn("ecs", f"cluster/{CLUSTER}")),
            ],
            topic_arn=topic.arn,
            owner="platform",
            runbooks_url=RUNBOOKS,
        ),
    )
