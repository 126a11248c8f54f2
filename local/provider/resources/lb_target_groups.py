"""Target groups: whom a load balancer sends requests to, and how it knows that they are well."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources import lb_attributes
from local.provider.resources.lb import LONGEST_NAME
from local.provider.tags import pairs
from local.provider.values import Props, picked

HEALTH_CHECK: Final = {
    "enabled": "HealthCheckEnabled",
    "healthyThreshold": "HealthyThresholdCount",
    "interval": "HealthCheckIntervalSeconds",
    "path": "HealthCheckPath",
    "port": "HealthCheckPort",
    "protocol": "HealthCheckProtocol",
    "timeout": "HealthCheckTimeoutSeconds",
    "unhealthyThreshold": "UnhealthyThresholdCount",
}


class TargetGroup(Handler):
    """aws.lb.TargetGroup. Who uses it is the listeners' state, and not repeated here."""

    type = "aws:lb/targetGroup:TargetGroup"
    inputs = lb_attributes.names(lb_attributes.TARGET_GROUP) | words(
        "healthCheck ipAddressType name port protocol protocolVersion tags targetType vpcId"
    )
    replace = words("ipAddressType name port protocol protocolVersion targetType vpcId")
    computed = ("arn", "arnSuffix")
    filled = words("healthCheck stickiness")
    autoname = Autoname(longest=LONGEST_NAME)
    tagging = "elbv2"

    def create(self, aws: Aws, new: Props) -> str:
        optional = {
            "IpAddressType": new.get("ipAddressType"),
            "ProtocolVersion": new.get("protocolVersion"),
        }
        answer = aws("elbv2").create_target_group(
            Name=new["name"],
            Port=new["port"],
            Protocol=new["protocol"],
            VpcId=new["vpcId"],
            TargetType=new.get("targetType", "instance"),
            Tags=pairs(new["tagsAll"]),
            **_health_check(new),
            **{key: value for key, value in optional.items() if value},
        )
        identity = str(answer["TargetGroups"][0]["TargetGroupArn"])
        with existing(identity):
            self._set_attributes(aws, identity, {}, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        elb = aws("elbv2")
        found = elb.describe_target_groups(TargetGroupArns=[identity])["TargetGroups"][0]
        answer = elb.describe_target_group_attributes(TargetGroupArn=identity)
        return {
            **lb_attributes.read(lb_attributes.TARGET_GROUP, answer["Attributes"]),
            **picked(
                found,
                arn="TargetGroupArn",
                ipAddressType="IpAddressType",
                name="TargetGroupName",
                port="Port",
                protocol="Protocol",
                protocolVersion="ProtocolVersion",
                targetType="TargetType",
                vpcId="VpcId",
            ),
            "arnSuffix": f"targetgroup/{identity.split(':targetgroup/', 1)[-1]}",
            "healthCheck": {
                **picked(found, **HEALTH_CHECK),
                "matcher": found.get("Matcher", {}).get("HttpCode"),
            },
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        if check := _health_check(new):
            aws("elbv2").modify_target_group(TargetGroupArn=identity, **check)
        self._set_attributes(aws, identity, old, new)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("elbv2").delete_target_group(TargetGroupArn=identity)

    @staticmethod
    def _set_attributes(aws: Aws, identity: str, old: Props, new: Props) -> None:
        if changed := lb_attributes.changed(lb_attributes.TARGET_GROUP, old, new):
            aws("elbv2").modify_target_group_attributes(TargetGroupArn=identity, Attributes=changed)


def _health_check(new: Props) -> Props:
    check = new.get("healthCheck") or {}
    written = {theirs: check[name] for name, theirs in HEALTH_CHECK.items() if name in check}
    if "matcher" in check:
        written["Matcher"] = {"HttpCode": check["matcher"]}
    return written


HANDLERS: Final = (TargetGroup(),)
