"""A log group has one metric filter of a name, for as long as it is there."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench


def put(logs: Any, group: str, pattern: str) -> None:
    logs.put_metric_filter(
        logGroupName=group,
        filterName="events",
        filterPattern=pattern,
        metricTransformations=[
            {"metricName": "paid", "metricNamespace": "TurnStay/test", "metricValue": "1"}
        ],
    )


def test_a_filter_of_the_same_name_takes_its_place(shared_bench: Workbench) -> None:
    logs, group = shared_bench.client("logs"), uuid.uuid4().hex
    logs.create_log_group(logGroupName=group)
    for pattern in ("one", "two"):
        put(logs, group, pattern)
    (found,) = logs.describe_metric_filters(logGroupName=group)["metricFilters"]
    assert found["filterPattern"] == "two"
    logs.delete_log_group(logGroupName=group)
    logs.create_log_group(logGroupName=group)
    assert logs.describe_metric_filters(logGroupName=group)["metricFilters"] == []
    with pytest.raises(ClientError, match="ResourceNotFound"):
        logs.delete_metric_filter(logGroupName=group, filterName="events")


def test_a_filter_needs_its_group(shared_bench: Workbench) -> None:
    with pytest.raises(ClientError, match="ResourceNotFound"):
        put(shared_bench.client("logs"), "/nothing", "one")
