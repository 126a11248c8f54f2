"""The types of the edge: load balancer, certificate and names."""

from __future__ import annotations

from typing import Any

from tests.local.provider.case import BLOCKS, NUMBERS, Case, Need
from tests.local.provider.driver import Props

NOT_FOUND = {"type": "fixed-response", "fixedResponse": {"contentType": "text/plain", "messageBody": "no such host", "statusCode": "404"}}  # fmt: skip


def _host(*hosts: str) -> list[dict[str, Any]]:
    return [{"hostHeader": {"values": list(hosts)}}]


def _validates(number: int) -> Case:
    def inputs(need: Need) -> Props:
        option = need("certificate").outputs["domainValidationOptions"][number]
        return {
            "zoneId": need("zone").id,
            "name": option["resourceRecordName"],
            "type": option["resourceRecordType"],
            "records": [option["resourceRecordValue"]],
            "ttl": 300,
            "allowOverwrite": True,
        }

    return Case(type="aws:route53/record:Record", inputs=inputs)


EDGE: dict[str, Case] = {
    "load balancer": Case(
        type="aws:lb/loadBalancer:LoadBalancer",
        inputs=lambda need: {
            "internal": False,
            "loadBalancerType": "application",
            "securityGroups": [need("security group").id],
            "subnets": [need("subnet of lb-a").id, need("other zone").id],
            "idleTimeout": 120,
            "dropInvalidHeaderFields": True,
            "enableDeletionProtection": False,
            "desyncMitigationMode": "strictest",
            "xffHeaderProcessingMode": "append",
            "accessLogs": {"bucket": need("bucket").id, "enabled": True, "prefix": "access"},
        },
        updates=(
            {"idleTimeout": 60},
            {"dropInvalidHeaderFields": None},
            {"accessLogs": None},
            {"tags": {"Name": "edge"}},
        ),
        replaces=({"name": "chosen"}, {"internal": True}),
        drift=lambda aws, balancer: aws("elbv2").modify_load_balancer_attributes(
            LoadBalancerArn=balancer.id,
            Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": "999"}],
        ),
        drifted="idleTimeout",
    ),
    "other zone": Case(
        type="aws:ec2/subnet:Subnet",
        inputs=lambda need: {
            "vpcId": need("vpc").id,
            "availabilityZone": "eu-west-1b",
            "cidrBlock": next(BLOCKS),
        },
    ),
    "target group": Case(
        type="aws:lb/targetGroup:TargetGroup",
        inputs=lambda need: {
            "port": 8000,
            "protocol": "HTTP",
            "targetType": "ip",
            "vpcId": need("vpc").id,
            "deregistrationDelay": 30,
            "loadBalancingAlgorithmType": "least_outstanding_requests",
            "healthCheck": {
                "path": "/health",
                "matcher": "200",
                "interval": 10,
                "timeout": 5,
                "healthyThreshold": 2,
                "unhealthyThreshold": 3,
            },
        },
        updates=({"deregistrationDelay": 60}, {"healthCheck": {"path": "/ready"}}),
        replaces=({"port": 9000}, {"vpcId": "vpc-00000000000000000"}),
        drift=lambda aws, group: aws("elbv2").modify_target_group(
            TargetGroupArn=group.id, HealthCheckPath="/"
        ),
        drifted="healthCheck",
    ),
    "listener": Case(
        type="aws:lb/listener:Listener",
        inputs=lambda need: {
            "loadBalancerArn": need("load balancer").id,
            "port": 10_000 + next(NUMBERS),
            "protocol": "HTTPS",
            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "certificateArn": need("validation").outputs["certificateArn"],
            "defaultActions": [NOT_FOUND],
        },
        updates=(
            {"sslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06"},
            {
                "defaultActions": [
                    {
                        "type": "fixed-response",
                        "fixedResponse": {"contentType": "text/plain", "statusCode": "503"},
                    }
                ]
            },
        ),
        drift=lambda aws, listener: aws("elbv2").modify_listener(
            ListenerArn=listener.id, SslPolicy="ELBSecurityPolicy-2016-08"
        ),
        drifted="sslPolicy",
    ),
    "listener rule": Case(
        type="aws:lb/listenerRule:ListenerRule",
        inputs=lambda need: {
            "listenerArn": need("listener").id,
            "priority": 100,
            "conditions": _host("api.turnstay.example"),
            "actions": [{"type": "forward", "targetGroupArn": need("target group").id}],
        },
        updates=(
            {"priority": 200},
            {"conditions": _host("a.turnstay.example", "b.turnstay.example")},
            {"actions": [NOT_FOUND]},
        ),
        drift=lambda aws, rule: aws("elbv2").modify_rule(
            RuleArn=rule.id,
            Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/*"]}}],
        ),
        drifted="conditions",
    ),
    "certificate": Case(
        type="aws:acm/certificate:Certificate",
        inputs=lambda _: {
            "domainName": "turnstay.example",
            "subjectAlternativeNames": ["api.turnstay.example", "cards.turnstay.example"],
            "validationMethod": "DNS",
            "keyAlgorithm": "RSA_2048",
        },
        updates=({"tags": {"Name": "edge"}},),
        replaces=({"subjectAlternativeNames": []}, {"keyAlgorithm": "EC_prime256v1"}),
    ),
    "validation": Case(
        type="aws:acm/certificateValidation:CertificateValidation",
        inputs=lambda need: {
            "certificateArn": need("certificate").id,
            "validationRecordFqdns": [
                need(f"validation record {number}").outputs["fqdn"] for number in range(3)
            ],
        },
        replaces=({"certificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/other"},),
        stays=True,
    ),
    **{f"validation record {number}": _validates(number) for number in range(3)},
    "record": Case(
        type="aws:route53/record:Record",
        inputs=lambda need: {
            "zoneId": need("zone").id,
            "name": "api.turnstay.example",
            "type": "A",
            "aliases": [
                {
                    "name": need("load balancer").outputs["dnsName"],
                    "zoneId": need("load balancer").outputs["zoneId"],
                    "evaluateTargetHealth": True,
                }
            ],
        },
        updates=({"aliases": None, "records": ["192.0.2.1"], "ttl": 60},),
        replaces=({"name": "www.turnstay.example"},),
    ),
    "text record": Case(
        type="aws:route53/record:Record",
        inputs=lambda need: {
            "zoneId": need("zone").id,
            "name": "_a1.turnstay.example.",
            "type": "CNAME",
            "records": ["_b2.acm-validations.aws."],
            "ttl": 300,
        },
        updates=({"ttl": 60}, {"type": "TXT", "records": ['"text"']}),
    ),
}
