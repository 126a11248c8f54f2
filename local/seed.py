"""What a real account holds before the first `pulumi up`, because others made it."""

from __future__ import annotations

import uuid

import boto3

from stacks.settings import StackSettings


def seed(settings: StackSettings, endpoint: str) -> None:
    """Make the public hosted zone, which the platform looks up and never makes, unless it is there."""
    route53 = boto3.client("route53", settings.account.region, endpoint_url=endpoint)
    name = settings.edge.hosted_zone
    found = route53.list_hosted_zones_by_name(DNSName=name)["HostedZones"]
    if not any(zone["Name"] == f"{name}." for zone in found):
        route53.create_hosted_zone(Name=name, CallerReference=uuid.uuid4().hex)
