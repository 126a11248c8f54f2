"""Controls on flow logs hold, and each is seen to fail on flow logs that were made worse."""

from __future__ import annotations

import pytest

from tests.components.network.sample import LOG_GROUP, network
from tests.controls import flow_logs as controls
from tests.controls.flow_logs import FLOW_LOG
from tests.controls.mutation import Mutation, becomes, controls_of, each_of, removing, setting

ROLE = "aws:iam/role:Role"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
MUTATIONS = [
    Mutation(controls.flows_are_logged, "no flow log", removing(FLOW_LOG), "no flow log"),
    Mutation(
        controls.flows_are_logged,
        "only refused traffic",
        setting(FLOW_LOG, "network-flow-log-flows", "trafficType", "REJECT"),
        "logs REJECT only",
    ),
    Mutation(
        controls.flows_are_logged,
        "eleven months",
        setting(LOG_GROUP, "network-flow-log-group", "retentionInDays", 335),
        "less than a year",
    ),
    Mutation(
        controls.flows_are_logged,
        "no retention",
        setting(LOG_GROUP, "network-flow-log-group", "retentionInDays"),
        "less than a year",
    ),
    Mutation(
        controls.flows_are_logged,
        "no key",
        setting(LOG_GROUP, "network-flow-log-group", "kmsKeyId"),
        "no key of ours",
    ),
    Mutation(
        controls.flows_are_logged,
        "a group from elsewhere",
        setting(FLOW_LOG, "network-flow-log-flows", "logDestination", "arn:a:log-group:/other"),
        "not of this program",
    ),
    Mutation(
        controls.flow_log_roles_are_exact,
        "trust without the account",
        setting(
            ROLE,
            "network-flow-log-role",
            "assumeRolePolicy!.Statement.0.Condition",
        ),
        "other accounts",
    ),
    *(
        Mutation(
            controls.flow_log_roles_are_exact,
            f"{path} {becomes(value)}",
            setting(ROLE_POLICY, "network-flow-log-delivery", f"policy!.Statement.0.{path}", value),
            finding,
        )
        for path, value, finding in (
            ("Action", ["logs:*"], "more than it needs"),
            ("Action", ["logs:CreateLogGroup"], "more than it needs"),
            ("Resource", "*", "not limited to its group"),
            ("Resource", "arn:aws:logs:eu-west-1:1:log-group:*", "not limited to its group"),
        )
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_flow_log_is_found(mutation: Mutation) -> None:
    assert mutation.missed(network()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}
