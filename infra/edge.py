"""What the internet sees: certificate, load balancer, firewall, names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.edge.access_logs import AccessLogBucket, AccessLogBucketArgs
from components.edge.certificate import Certificate, CertificateArgs
from components.edge.firewall import WebFirewall, WebFirewallArgs
from components.edge.host_record import HostRecord, HostRecordArgs
from components.edge.load_balancer import PublicLoadBalancer, PublicLoadBalancerArgs
from components.network.network import Network
from infra.keys import ZoneKeys
from stacks import names
from stacks.catalogue import Service
from stacks.settings import StackSettings

FIREWALL: Final = "firewall"
"""The firewall's name, and so that of its metrics."""


@dataclass(frozen=True, kw_only=True)
class Edge:
    """What others need of it."""

    load_balancer: PublicLoadBalancer
    certificate_arn: pulumi.Output[str]


def build_edge(
    settings: StackSettings,
    catalogue: Mapping[str, Service],
    network: Network,
    keys: Mapping[str, ZoneKeys],
    provider: aws.Provider,
) -> Edge:
    """One load balancer for all public services, with everything in front of it."""
    opts = pulumi.ResourceOptions(providers=[provider])
    invoke = pulumi.InvokeOptions(provider=provider)
    zone = aws.route53.get_zone_output(name=settings.edge.hosted_zone, opts=invoke)
    elb_account = aws.elb.get_service_account_output(region=settings.account.region, opts=invoke)
    hosts = sorted(each.host for each in settings.services.values() if each.host)

    # A card number needs no 8 KB; whoever sends more than that wants the firewall to look at the padding.
    small_body_hosts = [
        host
        for name, service in settings.services.items()
        if catalogue[name].zone == "card" and (host := service.host)
    ]

    certificate = Certificate(
        "certificate",
        CertificateArgs(domain=settings.edge.domain, hosts=hosts, zone_id=zone.zone_id),
        opts=opts,
    )
    access_logs = AccessLogBucket(
        "access-logs",
        AccessLogBucketArgs(
            account_id=settings.account.id,
            retention_days=settings.edge.access_log_retention_days,
            elb_account_arn=elb_account.arn,
            protect=settings.protect,
        ),
        opts=opts,
    )
    load_balancer = PublicLoadBalancer(
        "public",
        PublicLoadBalancerArgs(
            vpc_id=network.vpc_id,
            subnet_ids=network.public_subnet_ids,
            certificate_arn=certificate.arn,
            access_log_bucket=access_logs.bucket,
            idle_timeout_seconds=settings.edge.idle_timeout_seconds,
            deletion_protection=settings.edge.deletion_protection,
            protect=settings.protect,
        ),
        opts=opts,
    )
    WebFirewall(
        FIREWALL,
        WebFirewallArgs(
            resource_arn=load_balancer.arn,
            requests_per_5_minutes=settings.edge.waf_requests_per_5_minutes,
            small_body_hosts=small_body_hosts,
            log_group_name=names.firewall_log_group_name(settings.stack),
            log_retention_days=settings.compute.log_retention_days,
            logs_key_arn=keys["general"].logs.arn,
            protect=settings.protect,
            account_id=settings.account.id,
            region=settings.account.region,
        ),
        opts=opts,
    )
    for host in hosts:
        HostRecord(
            host,
            HostRecordArgs(
                host=host,
                zone_id=zone.zone_id,
                load_balancer_dns_name=load_balancer.dns_name,
                load_balancer_zone_id=load_balancer.zone_id,
            ),
            opts=opts,
        )
    return Edge(load_balancer=load_balancer, certificate_arn=certificate.arn)
