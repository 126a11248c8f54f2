"""What one resource costs a month by itself, from its inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from scripts.preview_report.cost.prices import monthly
from scripts.preview_report.values import Json, items, mapping, number


def database(inputs: Json) -> float | None:
    """Class and storage, twice with a standby."""
    by_hour = monthly(str(inputs.get("instanceClass")))
    storage = monthly("database storage gp3", number(inputs.get("allocatedStorage")) or 0)
    if by_hour is None or storage is None:
        return None
    return (by_hour + storage) * (2 if inputs.get("multiAz") is True else 1)


def endpoint(inputs: Json) -> float | None:
    """By zone; one for S3 is free."""
    if inputs.get("vpcEndpointType") != "Interface":
        return 0.0
    return monthly("interface endpoint", len(items(inputs.get("subnetIds"))))


def alarm(inputs: Json) -> float | None:
    """A metric alarm is billed for each metric that it reads."""
    queries = [mapping(each) for each in items(inputs.get("metricQueries"))]
    return monthly("alarm metric", sum(1 for each in queries if each.get("metric")) or 1)


def firewall(inputs: Json) -> float | None:
    """The list and each of its rules."""
    rules = monthly("firewall rule", len(items(inputs.get("rules"))))
    base = monthly("firewall")
    return None if base is None or rules is None else base + rules


def _flat(name: str) -> Callable[[Json], float | None]:
    return lambda inputs: monthly(name)  # noqa: ARG005 - nothing of the inputs is in the price


PRICED: Final[Mapping[str, Callable[[Json], float | None]]] = {
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": _flat("composite alarm"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
    "aws:ec2/eip:Eip": _flat("public address"),
    "aws:ec2/natGateway:NatGateway": _flat("nat gateway"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": endpoint,
    "aws:kms/key:Key": _flat("key"),
    "aws:lb/loadBalancer:LoadBalancer": _flat("load balancer"),
    "aws:rds/instance:Instance": database,
    "aws:secretsmanager/secret:Secret": _flat("secret"),
    "aws:wafv2/webAcl:WebAcl": firewall,
}
