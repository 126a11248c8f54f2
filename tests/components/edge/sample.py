"""An edge as the programs of the tests build it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from components.edge.access_logs import AccessLogBucket, AccessLogBucketArgs
from components.edge.certificate import Certificate, CertificateArgs
from components.edge.firewall import WebFirewall, WebFirewallArgs
from components.edge.host_record import HostRecord, HostRecordArgs
from components.edge.load_balancer import PublicLoadBalancer, PublicLoadBalancerArgs
from tests.engine.lint import unknown_properties
from tests.engine.recording import Recording, record

BUCKET: Final = "aws:s3/bucket:Bucket"
BUCKET_POLICY: Final = "aws:s3/bucketPolicy:BucketPolicy"
CERTIFICATE: Final = "aws:acm/certificate:Certificate"
GROUP: Final = "aws:ec2/securityGroup:SecurityGroup"
INGRESS: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
LISTENER: Final = "aws:lb/listener:Listener"
LOAD_BALANCER: Final = "aws:lb/loadBalancer:LoadBalancer"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
LOG_POLICY: Final = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"
RECORD: Final = "aws:route53/record:Record"
VALIDATION: Final = "aws:acm/certificateValidation:CertificateValidation"
WEB_ACL: Final = "aws:wafv2/webAcl:WebAcl"
ASSOCIATION: Final = "aws:wafv2/webAclAssociation:WebAclAssociation"
WEB_ACL_LOGGING: Final = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"

ACCOUNT: Final = "111122223333"
REGION: Final = "eu-west-1"
ELB_ACCOUNT_ARN: Final = "arn:aws:iam::156460612806:root"
KEY_ARN: Final = "arn:aws:kms:eu-west-1:111122223333:key/logs"
DOMAIN: Final = "staging.turnstay.com"
HOSTS: Final = ("api.staging.turnstay.com", "cards.staging.turnstay.com")


def load_balancer_args(**changes: Any) -> PublicLoadBalancerArgs:
    values: dict[str, Any] = {
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-1", "subnet-2"],
        "certificate_arn": "arn:aws:acm:eu-west-1:111122223333:certificate/valid",
        "access_log_bucket": "logs-of-ours",
        "idle_timeout_seconds": 60,
        "deletion_protection": True,
        "protect": True,
    }
    return PublicLoadBalancerArgs(**(values | changes))


def bucket_args(**changes: Any) -> AccessLogBucketArgs:
    values: dict[str, Any] = {
        "account_id": ACCOUNT,
        "retention_days": 400,
        "elb_account_arn": ELB_ACCOUNT_ARN,
        "protect": True,
    }
    return AccessLogBucketArgs(**(values | changes))


def certificate_args(**changes: Any) -> CertificateArgs:
    values: dict[str, Any] = {"domain": DOMAIN, "hosts": HOSTS, "zone_id": "Z1"}
    return CertificateArgs(**(values | changes))


def firewall_args(**changes: Any) -> WebFirewallArgs:
    values: dict[str, Any] = {
        "resource_arn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/x/1",
        "requests_per_5_minutes": 2000,
        "small_body_hosts": HOSTS[1:],
        "log_group_name": "aws-waf-logs-turnstay-staging",
        "log_retention_days": 400,
        "logs_key_arn": KEY_ARN,
        "account_id": ACCOUNT,
        "region": REGION,
    }
    return WebFirewallArgs(**(values | changes))


def misspelt(recording: Recording) -> list[str]:
    """Every property in it that the provider does not know."""
    return [path for each in recording.registrations.values() for path in unknown_properties(each)]


@cache
def edge(*, preview: bool = False) -> Recording:
    """All of it, wired as a stack wires it. Shared: never change it in place."""

    def program() -> None:
        provider = aws.Provider("aws", region=REGION, allowed_account_ids=[ACCOUNT])
        opts = pulumi.ResourceOptions(providers=[provider])
        certificate = Certificate("certificate", certificate_args(), opts=opts)
        logs = AccessLogBucket("access-logs", bucket_args(), opts=opts)
        balancer = PublicLoadBalancer(
            "public",
            load_balancer_args(certificate_arn=certificate.arn, access_log_bucket=logs.bucket),
            opts=opts,
        )
        WebFirewall("firewall", firewall_args(resource_arn=balancer.arn), opts=opts)
        for host in HOSTS:
            HostRecord(
                host.replace(".", "-"),
                HostRecordArgs(
                    host=host,
                    zone_id="Z1",
                    load_balancer_dns_name=balancer.dns_name,
                    load_balancer_zone_id=balancer.zone_id,
                ),
                opts=opts,
            )

    return record(program, preview=preview)
