"""Ways around the rules about data, retention and permissions: every one of them is caught."""

from __future__ import annotations

from typing import NamedTuple

from tests.scripts.preview_report.steps import UNKNOWN, Inputs, allow, policy, step

DATABASE = "aws:rds/instance:Instance"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
OLD_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
ROLE = "aws:iam/role:Role"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
LOGS = "aws:cloudwatch/logGroup:LogGroup"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"

WAS = {"role": "ledger", "policy": policy(allow("s3:GetObject"))}
HTTP = {"securityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 8000, "toPort": 8000}
NAMED = HTTP | {"referencedSecurityGroupId": "sg-2"}
LOUD = {
    "alarmActions": ["arn:topic"],
    "threshold": 10,
    "comparisonOperator": "GreaterThanThreshold",
    "period": 60,
}
DENY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


class Bypass(NamedTuple):
    name: str
    rule: str
    steps: tuple[Inputs, ...]
    text: str


def one(name: str, rule: str, text: str, *steps: Inputs) -> Bypass:
    return Bypass(name, rule, steps, text)


def rewritten(*statements: Inputs) -> Inputs:
    return step("update", ROLE_POLICY, "p", WAS, WAS | {"policy": policy(*statements)})


def opened(**rule: object) -> Inputs:
    return step("create", INGRESS, "r", None, HTTP | rule)


INSIDE = (
    # --- data
    one("replace before delete, step by step", "lost_data", "is replaced",
        step("create-replacement", DATABASE, "db", {"username": "a"}, {"username": "b"}),
        step("delete-replaced", DATABASE, "db", {"username": "a"})),
    one("delete before replace", "lost_data", "is replaced",
        step("delete-replaced", DATABASE, "db", {"username": "a"}), step("replace", DATABASE, "db", {"username": "a"}, {"username": "b"})),
    one("only half of the steps is shown", "lost_data", "is replaced", step("delete-replaced", DATABASE, "db", {})),
    one("an operation of a later engine", "lost_data", "is replaced", step("swap", DATABASE, "db", {}, {})),
    one("a rename", "lost_data", "is deleted", step("delete", DATABASE, "db", {}), step("create", DATABASE, "server", None, {})),
    one("forgotten, not deleted", "lost_data", "is deleted", step("discard", DATABASE, "db", {})),
    one("what is protected, of any type", "lost_data", "is deleted", step("delete", "x:y:Z", "z", {}, old={"protect": True})),
    one("protection off today, deletion tomorrow", "lost_data", "no longer protects",
        step("same", DATABASE, "db", {}, {}, old={"protect": True})),
    one("left behind", "lost_data", "is left behind", step("update", DATABASE, "db", {}, {}, new={"retainOnDelete": True})),
    one("deletion protection off", "lost_data", "deletionProtection was true",
        step("update", DATABASE, "db", {"deletionProtection": True}, {"deletionProtection": False})),
    one("deletion protection left out", "lost_data", "deletionProtection was true",
        step("update", DATABASE, "db", {"deletionProtection": True}, {})),
    one("no last snapshot", "lost_data", "skipFinalSnapshot", step("update", DATABASE, "db", {}, {"skipFinalSnapshot": True})),
    one("unencrypted from now on", "lost_data", "storageEncrypted",
        step("replace", "x:y:Z", "z", {"storageEncrypted": True}, {"storageEncrypted": False})),
    one("a bucket without its guard", "lost_data", "no longer guards",
        step("delete", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "b", {})),
    # --- retention
    one("by a replacement", "shorter_retention", "from 365 to 1", step("replace", "x:y:Z", "z", {"retentionInDays": 365}, {"retentionInDays": 1})),
    one("from for ever to a day", "shorter_retention", "from for ever to 1", step("update", LOGS, "l", {}, {"retentionInDays": 1})),
    one("backups left out", "shorter_retention", "from 35 to 0", step("update", DATABASE, "db", {"backupRetentionPeriod": 35}, {})),
    one("a number as text", "shorter_retention", "from 35 to 7",
        step("update", DATABASE, "db", {"backupRetentionPeriod": "35"}, {"backupRetentionPeriod": "7"})),
    one("a number that comes later", "shorter_retention", "known only afterwards",
        step("update", DATABASE, "db", {"backupRetentionPeriod": 35}, {"backupRetentionPeriod": UNKNOWN})),
    one("no plan any more", "shorter_retention", "no longer keeps", step("delete", "aws:backup/plan:Plan", "p", {})),
    one("a plan that keeps less", "shorter_retention", "when things are deleted changes",
        step("update", "aws:backup/plan:Plan", "p", {"rules": [{"lifecycle": {"deleteAfter": 90}}]}, {"rules": [{"lifecycle": {"deleteAfter": 1}}]})),
    one("no versions", "shorter_retention", "versions are no longer kept",
        step("update", "aws:s3/bucketVersioning:BucketVersioning", "v",
             {"versioningConfiguration": {"status": "Enabled"}}, {"versioningConfiguration": {"status": "Suspended"}})),
    # --- permissions
    one("a star in a list", "wider_permissions", "a wildcard for actions", rewritten(allow("s3:GetObject"), allow(["s3:ListBucket", "s3:*"]))),
    one("a star at the end of a name", "wider_permissions", "a wildcard for actions", rewritten(allow("s3:Get*"))),
    one("a question mark", "wider_permissions", "a wildcard for actions", rewritten(allow("s3:???Object"))),
    one("everything but", "wider_permissions", "everything but", rewritten({"Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:a:b:c:d:e"})),
    one("every resource but", "wider_permissions", "everything but", rewritten({"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:x"})),
    one("all resources", "wider_permissions", "all resources", rewritten(allow("s3:GetObject", "*"))),
    one("all resources of a service", "wider_permissions", "all resources", rewritten(allow("s3:GetObject", "arn:aws:s3:::*"))),
    one("upper case", "wider_permissions", "a right that gives rights", rewritten(allow("IAM:PassRole", "arn:aws:iam::1:role/x"))),
    one("a condition gone", "wider_permissions", "all resources",
        step("update", ROLE_POLICY, "p", {"policy": policy(allow("s3:GetObject", "*", Condition={"Bool": {"a": "b"}}))}, {"policy": policy(allow("s3:GetObject", "*"))})),
    one("a policy that comes later", "wider_permissions", "known only afterwards", step("update", ROLE_POLICY, "p", WAS, WAS | {"policy": UNKNOWN})),
    one("another policy for a role that is there", "wider_permissions", "known only afterwards",
        step("create", ROLE_POLICY, "q", None, {"role": "ledger", "policy": UNKNOWN})),
    one("a denial gone", "wider_permissions", "1 of 1 denials", step("update", BUCKET_POLICY, "b", {"policy": policy(DENY)}, {"policy": policy()})),
    one("a policy of denials deleted", "wider_permissions", "1 of 1 denials", step("delete", BUCKET_POLICY, "b", {"policy": policy(DENY)})),
    one("anybody", "wider_permissions", "anybody",
        step("update", BUCKET_POLICY, "b", {"policy": policy()}, {"policy": policy(allow("s3:GetObject", Principal={"AWS": ["*"]}))})),
    one("anybody but", "wider_permissions", "everything but",
        step("update", BUCKET_POLICY, "b", {"policy": policy()}, {"policy": policy(allow("s3:GetObject", NotPrincipal={"AWS": "arn:x"}))})),
    one("another who becomes the role", "wider_permissions", "another who may become",
        step("update", ROLE, "r", {}, {"assumeRolePolicy": policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}})})),
    one("a policy inside of the role", "wider_permissions", "a wildcard for actions",
        step("update", ROLE, "r", {}, {"inlinePolicies": [{"name": "x", "policy": policy(allow("s3:*"))}]})),
    one("a policy of AWS", "wider_permissions", "attaches",
        step("create", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", None, {"policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"})),
    one("a policy of AWS on the role", "wider_permissions", "attaches", step("update", ROLE, "r", {}, {"managedPolicyArns": ["arn:x"]})),
    one("a boundary gone", "wider_permissions", "boundary", step("update", ROLE, "r", {"permissionsBoundary": "arn:x"}, {})),
    one("a key of its own", "wider_permissions", "identity", step("create", "aws:iam/accessKey:AccessKey", "k", None, {"user": "x"})),
)  # fmt: skip
