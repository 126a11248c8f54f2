"""Controls on VPC endpoints."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv4Network
from typing import Any, Final

from tests.controls.network import INGRESS, SUBNET, VPC
from tests.engine.recording import Recording
from tests.engine.registration import Registration

ENDPOINT: Final = "aws:ec2/vpcEndpoint:VpcEndpoint"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"


def endpoints_are_closed(recording: Recording) -> list[str]:
    """Interface endpoints take HTTPS from the VPC only, call nobody, and answer in each zone to the public name."""
    findings = []
    blocks = [IPv4Network(each.inputs["cidrBlock"]) for each in recording.all(VPC)]
    zones = {each.inputs["availabilityZone"] for each in recording.all(SUBNET)}
    groups: set[str] = set()
    for endpoint in _interfaces(recording):
        groups |= set(endpoint.inputs.get("securityGroupIds", []))
        if not endpoint.inputs.get("securityGroupIds"):
            findings.append(f"{endpoint.name}: has the default group")
        if endpoint.inputs.get("privateDnsEnabled") is not True:
            findings.append(f"{endpoint.name}: tasks would not find it")
        if len(endpoint.inputs["subnetIds"]) != len(zones):
            findings.append(f"{endpoint.name}: not in every zone")
    for rule in recording.all(INGRESS):
        inputs = rule.inputs
        if inputs["securityGroupId"] not in groups:
            continue
        source = IPv4Network(inputs.get("cidrIpv4", "0.0.0.0/0"))
        ours = "referencedSecurityGroupId" in inputs or any(map(source.subnet_of, blocks))
        ports = (inputs["ipProtocol"], inputs.get("fromPort"), inputs.get("toPort"))
        if not ours or ports != ("tcp", 443, 443):
            findings.append(f"{rule.name}: more than HTTPS from the VPC")
    return findings + [
        f"{rule.name}: an endpoint calls nobody"
        for rule in recording.all(EGRESS)
        if rule.inputs["securityGroupId"] in groups
    ]


def endpoints_serve_this_account_only(recording: Recording) -> list[str]:
    """CDE-6."""
    findings = []
    for endpoint in recording.all(ENDPOINT):
        if "policy" not in endpoint.inputs:
            findings.append(f"{endpoint.name}: lets everybody's data pass")
            continue
        findings += [
            f"{endpoint.name}: statement {statement['Sid']} is not limited to the account"
            for statement in endpoint.json("policy")["Statement"]
            if not _own_account(statement) and not _image_layers(statement)
        ]
    return findings


def _own_account(statement: dict[str, Any]) -> bool:
    condition = statement.get("Condition", {}).get("StringEquals", {})
    accounts = [condition.get(key) for key in ("aws:PrincipalAccount", "aws:ResourceAccount")]
    return all(re.fullmatch(r"\d{12}", str(each)) for each in accounts)


def _image_layers(statement: dict[str, Any]) -> bool:
    bucket = r"arn:aws:s3:::prod-[a-z0-9-]+-starport-layer-bucket/\*"
    return statement["Action"] == "s3:GetObject" and bool(
        re.fullmatch(bucket, str(statement["Resource"]))
    )


def _interfaces(recording: Recording) -> list[Registration]:
    endpoints = recording.all(ENDPOINT)
    return [each for each in endpoints if each.inputs.get("vpcEndpointType") == "Interface"]


def interface_endpoints(*services: str) -> Callable[[Recording], list[str]]:
    """EC2.55 (ecr.api), EC2.56 (ecr.dkr), EC2.57 (ssm): a control for the services that a setting asks for."""

    def control(recording: Recording) -> list[str]:
        there = {each.inputs["serviceName"] for each in _interfaces(recording)}
        return [
            f"no interface endpoint for {service}"
            for service in services
            if not any(name.endswith(f".{service}") for name in there)
        ]

    return control
