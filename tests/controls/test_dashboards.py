"""Controls on dashboards hold, and each is seen to fail on a dashboard that was made worse."""

from __future__ import annotations

from functools import cache
from typing import Any

import pulumi_aws as aws
import pytest

from components.observability.dashboard import Dashboard, DashboardArgs
from components.observability.dashboard_tables import platform_graphs, service_graphs
from tests.controls import dashboards as controls
from tests.controls.dashboards import DASHBOARD
from tests.controls.mutation import Change, Mutation, controls_of, each_of, removing, setting
from tests.controls.tables import table
from tests.engine.lint import unknown_properties
from tests.engine.mutate import DELETE
from tests.engine.outputs import REGION
from tests.engine.recording import Recording, record


def _program() -> None:
    cluster = aws.ecs.Cluster("cluster", name="turnstay-test")
    balancer = aws.lb.LoadBalancer("public-lb", load_balancer_type="application")
    group = aws.lb.TargetGroup("api-tg")
    aws.ecs.Service("api-service", name="api", cluster=cluster.arn)
    server = aws.rds.Instance(
        "general-instance", identifier="turnstay-test-general", instance_class="db.m7g.large"
    )
    gateway = aws.ec2.NatGateway("nat-a", subnet_id="subnet")
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
    edge = {"LoadBalancer": balancer.arn_suffix}
    database = {"DBInstanceIdentifier": server.identifier}
    Dashboard(
        "api",
        DashboardArgs(
            dashboard_name="turnstay-test-api",
            region=REGION,
            graphs=service_graphs(public=True, latency_ms=2000, database=True),
            dimensions={
                "service": {
                    **edge,
                    "TargetGroup": group.arn_suffix,
                    "ClusterName": "turnstay-test",
                    "ServiceName": "api",
                },
                "database": database,
            },
        ),
    )
    Dashboard(
        "platform",
        DashboardArgs(
            dashboard_name="turnstay-test",
            region=REGION,
            graphs=platform_graphs(servers=["general"], gateways=["nat-a"]),
            dimensions={
                "edge": edge,
                "firewall": {"WebACL": "firewall", "Region": REGION, "Rule": "ALL"},
                "general": database,
                "nat-a": {"NatGatewayId": gateway.id},
            },
        ),
    )


@cache
def shown() -> Recording:
    return record(_program)


def _widget(path: str, value: Any = DELETE) -> Change:
    return setting(DASHBOARD, "api-dashboard", f"dashboardBody!.widgets.{path}", value)


MUTATIONS = [
    *table(
        controls.bodies_are_as_cloudwatch_takes_them,
        "api-dashboard:",
        ("no widgets", setting(DASHBOARD, "api-dashboard", "dashboardBody!.widgets", [])),
        ("another type", _widget("0.type", "graph")),
        ("no width", _widget("0.width")),
        ("beside the grid", _widget("0.width", 25)),
        ("on top of another", _widget("1.x", 4)),
        ("no region", _widget("0.properties.region")),
        ("a misspelt property", _widget("0.properties.tilte", "x")),
        ("no metrics", _widget("0.properties.metrics", [])),
        ("a dimension without a value", _widget("0.properties.metrics.0.3")),
        ("an unknown option", _widget("0.properties.metrics.0.6", {"statistic": "Sum"})),
    ),
    *table(
        controls.dashboards_show_what_exists,
        "api-dashboard: ",
        ("another target group", _widget("0.properties.metrics.0.5", "targetgroup/other")),
        ("a server that is gone", removing("aws:rds/instance:Instance")),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_dashboard_is_found(mutation: Mutation) -> None:
    assert mutation.missed(shown()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


def test_the_provider_knows_what_it_is_given() -> None:
    assert [unknown_properties(each) for each in shown().all(DASHBOARD)] == [[], []]


def test_latency_is_drawn_with_its_objective_in_the_unit_of_its_metric() -> None:
    by_exposure = {
        public: next(
            graph.bound
            for graph in service_graphs(public=public, latency_ms=2000, database=False)
            if graph.title == "Latency"
        )
        for public in (True, False)
    }

    assert by_exposure == {True: 2, False: 2000}


def test_a_graph_of_something_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Answers needs \['TargetDiscoveryName'\] of service"):
        DashboardArgs(
            dashboard_name="turnstay-test-ledger",
            region=REGION,
            graphs=service_graphs(public=False, latency_ms=500, database=False),
            dimensions={"service": {"ClusterName": "turnstay-test", "ServiceName": "ledger"}},
        )
