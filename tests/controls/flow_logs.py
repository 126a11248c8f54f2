"""Controls on the flow logs of a VPC."""

from __future__ import annotations

from typing import Final

from tests.controls.network import VPC, identity
from tests.engine.recording import Recording

FLOW_LOG: Final = "aws:ec2/flowLog:FlowLog"
A_YEAR: Final = 365


def flows_are_logged(recording: Recording) -> list[str]:
    """EC2.6 and CloudWatch.16: all traffic, in an encrypted group that is kept for a year."""
    logs = {each.inputs["vpcId"]: each for each in recording.all(FLOW_LOG)}
    groups = {
        each.inputs["name"]: each.inputs
        for each in recording.all("aws:cloudwatch/logGroup:LogGroup")
    }
    findings = [
        f"{vpc.name}: no flow log" for vpc in recording.all(VPC) if identity(vpc) not in logs
    ]
    for log in logs.values():
        if log.inputs.get("trafficType") != "ALL":
            findings.append(f"{log.name}: logs {log.inputs.get('trafficType')} only")
        group = groups.get(log.inputs["logDestination"].partition(":log-group:")[2])
        if group is None:
            findings.append(f"{log.name}: its group is not of this program")
            continue
        if group.get("retentionInDays", 0) < A_YEAR:
            findings.append(f"{log.name}: kept for less than a year")
        if not group.get("kmsKeyId"):
            findings.append(f"{log.name}: its group has no key of ours")
    return findings


def flow_log_roles_are_exact(recording: Recording) -> list[str]:
    """IAM.21 and the confused deputy: one group to write to, taken only for flow logs of this account."""
    roles = {log.inputs["iamRoleArn"].rpartition("/")[2] for log in recording.all(FLOW_LOG)}
    findings = [
        f"{role.name}: flow logs of other accounts may take it"
        for role in recording.all("aws:iam/role:Role")
        if role.name in roles and "aws:SourceAccount" not in role.inputs["assumeRolePolicy"]
    ]
    for policy in recording.all("aws:iam/rolePolicy:RolePolicy"):
        if policy.inputs["role"] not in roles:
            continue
        for statement in policy.json("policy")["Statement"]:
            actions = statement["Action"]
            listed = [actions] if isinstance(actions, str) else actions
            wide = [each for each in listed if "*" in each or each == "logs:CreateLogGroup"]
            findings += [f"{policy.name}: {each} is more than it needs" for each in wide]
            if statement["Resource"] == "*" or (
                "logs:PutLogEvents" in listed and statement["Resource"].endswith("log-group:*")
            ):
                findings.append(f"{policy.name}: not limited to its group")
    return findings
