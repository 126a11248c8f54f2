"""CloudWatch Logs: groups, who may write to them, and what is masked in them."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.values import Props, picked


class LogGroup(Handler):
    """aws.cloudwatch.LogGroup."""

    type = "aws:cloudwatch/logGroup:LogGroup"
    inputs = words("kmsKeyId logGroupClass name retentionInDays skipDestroy tags")
    replace = words("logGroupClass name")
    computed = ("arn",)
    unread = words("skipDestroy")
    autoname = Autoname(longest=512)
    tagging = "logs"

    def create(self, aws: Aws, new: Props) -> str:
        key = {"kmsKeyId": new["kmsKeyId"]} if new.get("kmsKeyId") else {}
        tags = {"tags": new["tagsAll"]} if new["tagsAll"] else {}
        identity = str(new["name"])
        aws("logs").create_log_group(
            logGroupName=identity,
            logGroupClass=new.get("logGroupClass", "STANDARD"),
            **key,
            **tags,
        )
        with existing(identity):
            self._keep_for(aws, identity, new.get("retentionInDays"))
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        pages = aws("logs").get_paginator("describe_log_groups")
        for page in pages.paginate(logGroupNamePrefix=identity):
            for group in page["logGroups"]:
                if group["logGroupName"] == identity:
                    return {
                        # The ARN ends with ":*" here, and nowhere that it is used.
                        "arn": group["arn"].removesuffix(":*"),
                        "retentionInDays": group.get("retentionInDays", 0),
                        "logGroupClass": group.get("logGroupClass", "STANDARD"),
                        **picked(group, name="logGroupName", kmsKeyId="kmsKeyId"),
                    }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._keep_for(aws, identity, new.get("retentionInDays"))
        key = new.get("kmsKeyId")
        if key and key != old.get("kmsKeyId"):
            aws("logs").associate_kms_key(logGroupName=identity, kmsKeyId=key)
        if not key and old.get("kmsKeyId"):
            aws("logs").disassociate_kms_key(logGroupName=identity)

    @staticmethod
    def _keep_for(aws: Aws, identity: str, days: int | None) -> None:
        if days:
            aws("logs").put_retention_policy(logGroupName=identity, retentionInDays=days)
        else:
            aws("logs").delete_retention_policy(logGroupName=identity)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        if not state.get("skipDestroy"):
            aws("logs").delete_log_group(logGroupName=identity)


class LogResourcePolicy(Handler):
    """aws.cloudwatch.LogResourcePolicy of the account."""

    type = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"
    inputs = words("policyDocument policyName")
    replace = words("policyName")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["policyName"], {}, new)
        return str(new["policyName"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        for policy in aws("logs").describe_resource_policies()["resourcePolicies"]:
            if policy["policyName"] == identity:
                return picked(policy, policyName="policyName", policyDocument="policyDocument")
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("logs").put_resource_policy(policyName=identity, policyDocument=new["policyDocument"])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("logs").delete_resource_policy(policyName=identity)


class LogDataProtectionPolicy(Handler):
    """aws.cloudwatch.LogDataProtectionPolicy: what is masked in a group."""

    type = "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy"
    inputs = words("logGroupName policyDocument")
    replace = words("logGroupName")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["logGroupName"], {}, new)
        return str(new["logGroupName"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("logs").get_data_protection_policy(logGroupIdentifier=identity)
        if not answer.get("policyDocument"):
            return None
        return {"logGroupName": identity, "policyDocument": answer["policyDocument"]}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("logs").put_data_protection_policy(
            logGroupIdentifier=identity, policyDocument=new["policyDocument"]
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("logs").delete_data_protection_policy(logGroupIdentifier=identity)


HANDLERS: Final = (LogGroup(), LogResourcePolicy(), LogDataProtectionPolicy())
