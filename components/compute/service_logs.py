"""The log of one service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.compute.log_masking import masking_policy


@dataclass(frozen=True, kw_only=True)
class ServiceLogsArgs:
    """Inputs of ServiceLogs."""

    log_group_name: str
    retention_days: int
    key_arn: pulumi.Input[str]
    mask_card_numbers: bool
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class ServiceLogs(pulumi.ComponentResource):
    """An encrypted log group; card data in it is masked when asked.

    Depend on the component: a line written before the mask is in place stays readable.
    """

    group_name: pulumi.Output[str]
    """It arrives when the group is there."""

    def __init__(
        self, name: str, args: ServiceLogsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:ServiceLogs", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        group = aws.cloudwatch.LogGroup(
            f"{name}-log",
            name=args.log_group_name,
            kms_key_id=args.key_arn,
            retention_in_days=args.retention_days,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        if args.mask_card_numbers:
            aws.cloudwatch.LogDataProtectionPolicy(
                f"{name}-log-mask",
                log_group_name=group.name,
                policy_document=json.dumps(masking_policy()),
                opts=child,
            )

        self.group_name = group.name
        self.register_outputs({"group_name": self.group_name})
