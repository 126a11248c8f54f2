"""What CloudWatch counts in a log group."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.values import Props

# Of a transformation: the provider's name, and the API's.
NAMES: Final = {
    "name": "metricName",
    "namespace": "metricNamespace",
    "value": "metricValue",
    "defaultValue": "defaultValue",
    "dimensions": "dimensions",
    "unit": "unit",
}


class LogMetricFilter(Handler):
    """aws.cloudwatch.LogMetricFilter."""

    type = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
    inputs = words("logGroupName metricTransformation name pattern")
    replace = words("logGroupName name")
    filled = words("metricTransformation")
    autoname = Autoname(longest=512)

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["name"], {}, new)
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        pages = aws("logs").get_paginator("describe_metric_filters")
        for page in pages.paginate(logGroupName=state["logGroupName"], filterNamePrefix=identity):
            for each in page["metricFilters"]:
                if each["filterName"] == identity:
                    change = each["metricTransformations"][0]
                    return {
                        "logGroupName": each["logGroupName"],
                        "name": identity,
                        "pattern": each["filterPattern"],
                        "metricTransformation": {
                            ours: change[theirs]
                            for ours, theirs in NAMES.items()
                            if theirs in change
                        },
                    }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        change = new["metricTransformation"]
        aws("logs").put_metric_filter(
            logGroupName=new["logGroupName"],
            filterName=identity,
            filterPattern=new["pattern"],
            metricTransformations=[
                {theirs: change[ours] for ours, theirs in NAMES.items() if ours in change}
            ],
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("logs").delete_metric_filter(logGroupName=state["logGroupName"], filterName=identity)


HANDLERS: Final = (LogMetricFilter(),)
