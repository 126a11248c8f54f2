"""The types under everything: keys, logs, roles."""

from __future__ import annotations

import json

from tests.local.provider.case import Case

ROOT = {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}


def _trust(service: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allow(action: str, **more: object) -> str:
    """A policy of one statement."""
    statement = {"Effect": "Allow", "Action": action, "Resource": "*", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=1)


def _masking(kind: str) -> dict[str, object]:
    identifier = [f"arn:aws:dataprotection::aws:data-identifier/{kind}"]
    return {
        "Name": "mask",
        "Version": "2021-06-01",
        "Statement": [
            {
                "Sid": "audit",
                "DataIdentifier": identifier,
                "Operation": {"Audit": {"FindingsDestination": {}}},
            },
            {
                "Sid": "mask",
                "DataIdentifier": identifier,
                "Operation": {"Deidentify": {"MaskConfig": {}}},
            },
        ],
    }


def _key_policy(*actions: str) -> str:
    """What a key of log groups allows: its account, and CloudWatch Logs for the groups of the account."""
    logs = {
        "Effect": "Allow",
        "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
        "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        "Resource": "*",
        "Condition": {
            "ArnLike": {
                "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:*"
            }
        },
    }
    root = {"Effect": "Allow", "Action": list(actions), "Resource": "*", **ROOT}
    return json.dumps({"Version": "2012-10-17", "Statement": [root, logs]})


GROUND: dict[str, Case] = {
    "key": Case(
        type="aws:kms/key:Key",
        inputs=lambda _: {
            "description": "logs",
            "enableKeyRotation": True,
            "rotationPeriodInDays": 400,
            "deletionWindowInDays": 7,
            "policy": _key_policy("kms:*"),
            "tags": {"Name": "logs"},
        },
        updates=(
            {"description": "others"},
            {"rotationPeriodInDays": 200},
            {"policy": _key_policy("kms:Decrypt")},
            {"isEnabled": False},
        ),
        replaces=({"multiRegion": True},),
        drift=lambda aws, key: aws("kms").update_key_description(KeyId=key.id, Description="x"),
        drifted="description",
    ),
    "alias": Case(
        type="aws:kms/alias:Alias",
        inputs=lambda need: {"name": "alias/turnstay-logs", "targetKeyId": need("key").id},
        replaces=({"name": "alias/other"},),
        drift=lambda aws, alias: aws("kms").delete_alias(AliasName=alias.id),
    ),
    "log group": Case(
        type="aws:cloudwatch/logGroup:LogGroup",
        inputs=lambda need: {"retentionInDays": 30, "kmsKeyId": need("key").outputs["arn"]},
        updates=({"retentionInDays": 90}, {"tags": {"service": "ledger"}}),
        replaces=({"name": "/turnstay/other"},),
        drift=lambda aws, group: aws("logs").put_retention_policy(
            logGroupName=group.id, retentionInDays=1
        ),
        drifted="retentionInDays",
    ),
    "log resource policy": Case(
        type="aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        inputs=lambda _: {"policyName": "waf", "policyDocument": allow("logs:PutLogEvents")},
        updates=({"policyDocument": allow("logs:CreateLogStream")},),
        replaces=({"policyName": "other"},),
        drift=lambda aws, policy: aws("logs").put_resource_policy(
            policyName=policy.id, policyDocument=allow("*")
        ),
        drifted="policyDocument",
    ),
    "log data protection policy": Case(
        type="aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        inputs=lambda need: {
            "logGroupName": need("log group of masked").id,
            "policyDocument": json.dumps(_masking("EmailAddress")),
        },
        updates=({"policyDocument": json.dumps(_masking("CreditCardNumber"))},),
        drift=lambda aws, policy: aws("logs").delete_data_protection_policy(
            logGroupIdentifier=policy.id
        ),
    ),
    "role": Case(
        type="aws:iam/role:Role",
        inputs=lambda _: {
            "assumeRolePolicy": _trust("ecs-tasks.amazonaws.com"),
            "description": "task",
            "maxSessionDuration": 3600,
        },
        updates=(
            {"assumeRolePolicy": _trust("ec2.amazonaws.com")},
            {"description": "another"},
            {"forceDetachPolicies": True},
            {"tags": {"service": "ledger"}},
        ),
        replaces=({"path": "/tasks/"},),
        drift=lambda aws, role: aws("iam").update_assume_role_policy(
            RoleName=role.id, PolicyDocument=_trust("lambda.amazonaws.com")
        ),
        drifted="assumeRolePolicy",
    ),
    "role policy": Case(
        type="aws:iam/rolePolicy:RolePolicy",
        inputs=lambda need: {"role": need("role").id, "policy": allow("s3:GetObject")},
        updates=({"policy": allow("s3:PutObject")},),
        replaces=({"name": "chosen"},),
        drift=lambda aws, policy: aws("iam").put_role_policy(
            RoleName=policy.outputs["role"],
            PolicyName=policy.outputs["name"],
            PolicyDocument=allow("*"),
        ),
        drifted="policy",
    ),
    "role policy attachment": Case(
        type="aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        inputs=lambda need: {
            "role": need("role").id,
            "policyArn": need("managed policy").id,
        },
        replaces=({"policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},),
    ),
}
