"""Controls on load balancers: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

import re
from typing import Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration

LOAD_BALANCER: Final = "aws:lb/loadBalancer:LoadBalancer"
LISTENER: Final = "aws:lb/listener:Listener"
TARGET_GROUP: Final = "aws:lb/targetGroup:TargetGroup"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
BUCKET_POLICY: Final = "aws:s3/bucketPolicy:BucketPolicy"
ASSOCIATION: Final = "aws:wafv2/webAclAssociation:WebAclAssociation"
# Security Hub's list for ELB.17.
TLS_POLICIES: Final = {
    f"ELBSecurityPolicy-{version}"
    for version in (
        *("TLS13-1-3-2021-06", "TLS13-1-3-FIPS-2023-04"),
        *("TLS13-1-2-Res-2021-06", "TLS13-1-2-Res-FIPS-2023-04"),
        *("TLS13-1-2-Res-PQ-2025-09", "TLS13-1-2-Res-FIPS-PQ-2025-09"),
        *("TLS13-1-3-PQ-2025-09", "TLS13-1-3-FIPS-PQ-2025-09"),
    )
}
A_YEAR: Final = 31_536_000
PULUMIS_SUFFIX: Final = 8
LONGEST_NAME: Final = 32


def listeners_speak_https_only(recording: Recording) -> list[str]:
    """ELB.1 and ELB.18. A redirect from port 80 would meet the first and fail the second, so there is none."""
    return [
        f"{each.name}: speaks {each.inputs.get('protocol')} on {each.inputs.get('port')}"
        for each in recording.all(LISTENER)
        if (each.inputs.get("protocol"), each.inputs.get("port")) != ("HTTPS", 443)
    ]


def listeners_have_a_recommended_tls_policy(recording: Recording) -> list[str]:
    """ELB.17."""
    return [
        f"{each.name}: {each.inputs.get('sslPolicy')} is not recommended"
        for each in recording.all(LISTENER)
        if each.inputs.get("sslPolicy") not in TLS_POLICIES
    ]


def listeners_keep_browsers_to_https(recording: Recording) -> list[str]:
    """For a year at least; there is no redirect that would do it. And nobody is told what software answers."""
    findings = []
    for each in recording.all(LISTENER):
        header = each.inputs.get("routingHttpResponseStrictTransportSecurityHeaderValue", "")
        age = re.match(r"max-age=(\d+)", header)
        if age is None or int(age[1]) < A_YEAR:
            findings.append(f"{each.name}: HSTS is {header!r}")
        if each.inputs.get("routingHttpResponseServerEnabled") is not False:
            findings.append(f"{each.name}: names its software")
    return findings


def listeners_serve_no_unknown_host(recording: Recording) -> list[str]:
    """A request for a host that no rule names reaches nothing."""
    findings = []
    for each in recording.all(LISTENER):
        actions = each.inputs["defaultActions"]
        fixed = [action.get("fixedResponse", {}).get("statusCode") for action in actions]
        if fixed != ["404"]:
            findings.append(f"{each.name}: answers unknown hosts by {actions}")
    return findings


def invalid_headers_are_dropped(recording: Recording) -> list[str]:
    """ELB.4."""
    return [
        f"{each.name}: passes invalid headers on"
        for each in recording.all(LOAD_BALANCER)
        if each.inputs.get("dropInvalidHeaderFields") is not True
    ]


def request_smuggling_is_stopped(recording: Recording) -> list[str]:
    """ELB.12. And the address that a caller claims to have is never taken for the one it has."""
    findings = [
        f"{each.name}: desync mitigation is {each.inputs.get('desyncMitigationMode')}"
        for each in recording.all(LOAD_BALANCER)
        if each.inputs.get("desyncMitigationMode") not in {"defensive", "strictest"}
    ]
    return findings + [
        f"{each.name}: lets callers write their own address"
        for each in recording.all(LOAD_BALANCER)
        if each.inputs.get("xffHeaderProcessingMode") != "append"
    ]


def requests_and_connections_are_logged(recording: Recording) -> list[str]:
    """ELB.5, and the connections that never became a request. AWS adds AWSLogs itself and refuses it in a prefix."""
    findings = []
    for each in recording.all(LOAD_BALANCER):
        logs = {kind: each.inputs.get(kind, {}) for kind in ("accessLogs", "connectionLogs")}
        findings += [
            f"{each.name}: {kind} are off"
            for kind, log in logs.items()
            if log.get("enabled") is not True or not log.get("bucket")
        ]
        prefixes = [log.get("prefix", "") for log in logs.values()]
        if any("AWSLogs" in prefix for prefix in prefixes) or len(set(prefixes)) < len(prefixes):
            findings.append(f"{each.name}: logs to {prefixes}")
    return findings


def logging_waits_for_the_buckets_policy(recording: Recording) -> list[str]:
    """Elastic Load Balancing writes a test object at once, and without the right to it there is no load balancer."""
    policies = {each.urn for each in recording.all(BUCKET_POLICY)}
    return [
        f"{each.name}: {kind} do not wait for the policy of their bucket"
        for each in recording.all(LOAD_BALANCER)
        for kind in ("accessLogs", "connectionLogs")
        if not policies & set(each.property_dependencies.get(kind, ()))
    ]


def load_balancers_cannot_be_deleted_by_mistake(recording: Recording) -> list[str]:
    """ELB.6, and Pulumi refuses too."""
    balancers = recording.all(LOAD_BALANCER)
    return [
        *(
            f"{each.name}: AWS deletes it when asked"
            for each in balancers
            if each.inputs.get("enableDeletionProtection") is not True
        ),
        *(f"{each.name}: Pulumi deletes it when asked" for each in balancers if not each.protect),
    ]


def load_balancers_span_zones(recording: Recording) -> list[str]:
    """ELB.13. Each subnet of a tier lies in a zone of its own."""
    return [
        f"{each.name}: stands in fewer than two subnets"
        for each in recording.all(LOAD_BALANCER)
        if len(set(each.inputs.get("subnets", []))) < 2
    ]


def public_load_balancers_have_a_firewall(recording: Recording) -> list[str]:
    """ELB.16. One that cannot reach its firewall answers 503 rather than pass requests by it."""
    guarded = {
        urn
        for each in recording.all(ASSOCIATION)
        for urn in each.property_dependencies.get("resourceArn", ())
    }
    public = [each for each in recording.all(LOAD_BALANCER) if each.inputs["internal"] is not True]
    return [
        *(f"{each.name}: has no firewall" for each in public if each.urn not in guarded),
        *(
            f"{each.name}: passes requests by the firewall"
            for each in public
            if each.inputs.get("enableWafFailOpen") is not False
        ),
    ]


def load_balancers_reach_named_groups_only(recording: Recording) -> list[str]:
    """What holds a public address can go nowhere but to the tasks behind it."""
    groups = {
        group for each in recording.all(LOAD_BALANCER) for group in each.inputs["securityGroups"]
    }
    return [
        f"{each.name}: leads from a load balancer to more than a group's port"
        for each in recording.all(EGRESS)
        if each.inputs["securityGroupId"] in groups
        and (
            not each.inputs.get("referencedSecurityGroupId")
            or each.inputs.get("ipProtocol") != "tcp"
            or each.inputs.get("fromPort") != each.inputs.get("toPort")
        )
    ]


def names_fit_and_leave_room_for_a_successor(recording: Recording) -> list[str]:
    """32 characters, letters, digits and hyphens; a fixed name could not stand beside the one that replaces it."""
    return [
        *(
            f"{each.name}: {len(each.name) + PULUMIS_SUFFIX} characters with Pulumi's suffix"
            for each in _named(recording)
            if len(each.name) + PULUMIS_SUFFIX > LONGEST_NAME
        ),
        *(
            f"{each.name}: has letters that AWS refuses"
            for each in _named(recording)
            if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", each.name)
        ),
        *(f"{each.name}: has a fixed name" for each in _named(recording) if "name" in each.inputs),
    ]


def _named(recording: Recording) -> list[Registration]:
    return [*recording.all(LOAD_BALANCER), *recording.all(TARGET_GROUP)]
