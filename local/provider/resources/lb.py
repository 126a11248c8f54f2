"""Application load balancers."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources import lb_attributes
from local.provider.sameness import same
from local.provider.tags import pairs
from local.provider.values import Props, picked

STATE_SECONDS: Final = 600.0
# AWS's limit for the names of load balancers and target groups.
LONGEST_NAME: Final = 32


class LoadBalancer(Handler):
    """aws.lb.LoadBalancer of type application."""

    type = "aws:lb/loadBalancer:LoadBalancer"
    inputs = lb_attributes.names(lb_attributes.LOAD_BALANCER) | words(
        "internal ipAddressType loadBalancerType name securityGroups subnets tags"
    )
    replace = words("internal loadBalancerType name")
    computed = ("arn", "arnSuffix", "dnsName", "securityGroups", "vpcId", "zoneId")
    filled = words("accessLogs connectionLogs")
    autoname = Autoname(longest=LONGEST_NAME)
    tagging = "elbv2"

    def create(self, aws: Aws, new: Props) -> str:
        elb = aws("elbv2")
        groups = {"SecurityGroups": new["securityGroups"]} if new.get("securityGroups") else {}
        answer = elb.create_load_balancer(
            Name=new["name"],
            Type=new.get("loadBalancerType", "application"),
            Scheme="internal" if new.get("internal") else "internet-facing",
            IpAddressType=new.get("ipAddressType", "ipv4"),
            Subnets=new["subnets"],
            Tags=pairs(new["tagsAll"]),
            **groups,
        )
        identity = str(answer["LoadBalancers"][0]["LoadBalancerArn"])
        with existing(identity):
            self._set_attributes(aws, identity, {}, new)
            aws.wait(
                f"load balancer {new['name']} active",
                lambda: self._describe(aws, identity)["State"]["Code"] == "active",
                seconds=STATE_SECONDS,
            )
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = self._describe(aws, identity)
        answer = aws("elbv2").describe_load_balancer_attributes(LoadBalancerArn=identity)
        return {
            **lb_attributes.read(lb_attributes.LOAD_BALANCER, answer["Attributes"]),
            **picked(
                found,
                arn="LoadBalancerArn",
                name="LoadBalancerName",
                dnsName="DNSName",
                zoneId="CanonicalHostedZoneId",
                vpcId="VpcId",
                ipAddressType="IpAddressType",
                loadBalancerType="Type",
                securityGroups="SecurityGroups",
            ),
            "arnSuffix": identity.split(":loadbalancer/", 1)[-1],
            "internal": found["Scheme"] == "internal",
            "subnets": [zone["SubnetId"] for zone in found["AvailabilityZones"]],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        elb = aws("elbv2")
        if new.get("securityGroups") and not same(old.get("securityGroups"), new["securityGroups"]):
            elb.set_security_groups(LoadBalancerArn=identity, SecurityGroups=new["securityGroups"])
        if not same(old.get("subnets"), new["subnets"]):
            elb.set_subnets(LoadBalancerArn=identity, Subnets=new["subnets"])
        if new.get("ipAddressType", "ipv4") != old.get("ipAddressType", "ipv4"):
            elb.set_ip_address_type(
                LoadBalancerArn=identity, IpAddressType=new.get("ipAddressType", "ipv4")
            )
        self._set_attributes(aws, identity, old, new)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("elbv2").delete_load_balancer(LoadBalancerArn=identity)

    @staticmethod
    def _describe(aws: Aws, identity: str) -> Props:
        answer = aws("elbv2").describe_load_balancers(LoadBalancerArns=[identity])
        return dict(answer["LoadBalancers"][0])

    @staticmethod
    def _set_attributes(aws: Aws, identity: str, old: Props, new: Props) -> None:
        if pairs_ := lb_attributes.changed(lb_attributes.LOAD_BALANCER, old, new):
            aws("elbv2").modify_load_balancer_attributes(
                LoadBalancerArn=identity, Attributes=pairs_
            )


HANDLERS: Final = (LoadBalancer(),)
