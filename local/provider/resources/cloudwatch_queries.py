"""The metrics that an alarm's expression reads, in the provider's schema and in the API."""

from __future__ import annotations

from local.provider.shapes import from_aws as lower
from local.provider.shapes import to_aws as upper
from local.provider.values import Props, Value


def to_aws(query: Props) -> Props:
    """Write one query: the provider keeps the period and the statistic with the metric, the API beside it."""
    written: Props = upper({key: value for key, value in query.items() if key != "metric"})
    if metric := query.get("metric"):
        stat = {key: metric[key] for key in ("period", "stat", "unit") if metric.get(key)}
        written["MetricStat"] = {
            **upper(stat),
            "Metric": {
                "Namespace": metric.get("namespace"),
                "MetricName": metric["metricName"],
                "Dimensions": listed(metric.get("dimensions") or {}),
            },
        }
    return written


def from_aws(query: Props) -> Props:
    """Read one query."""
    read: Props = lower({key: value for key, value in query.items() if key != "MetricStat"})
    if stat := query.get("MetricStat"):
        metric = stat["Metric"]
        read["metric"] = {
            **lower({key: value for key, value in stat.items() if key != "Metric"}),
            "namespace": metric.get("Namespace"),
            "metricName": metric["MetricName"],
            "dimensions": by_name(metric.get("Dimensions", [])),
        }
    return read


def listed(dimensions: Props) -> list[Props]:
    """Write dimensions as the API takes them."""
    return [{"Name": name, "Value": value} for name, value in sorted(dimensions.items())]


def by_name(dimensions: list[Props]) -> Props:
    """Read dimensions as the API answers them."""
    return {each["Name"]: each["Value"] for each in dimensions}


def number(value: Value) -> Value:
    """Write a whole number as the engine does: the API answers 5 as 5.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
