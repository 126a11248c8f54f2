"""The function that brings alerts to Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.observability.delivery_policies import function_trust, relay_policy
from components.observability.slack_relay_code import HANDLER, code

RUNTIME: Final = "python3.13"
MEMORY_MIB: Final = 256  # with less, importing boto3 alone takes seconds
# Two requests of at most five seconds each, the secret, and the start of a new copy.
TIMEOUT_SECONDS: Final = 20
# Two copies: alerts are rare, and a copy knows the messages that it has brought. More wait in Lambda's own queue.
CONCURRENCY: Final = 2


@dataclass(frozen=True, kw_only=True)
class SlackRelayFunctionArgs:
    """Inputs of SlackRelayFunction."""

    function_name: str
    region: str
    webhook_secret_arn: pulumi.Input[str]
    webhook_key_arn: pulumi.Input[str]
    """The key that the secret is encrypted with."""
    dead_letter_arn: pulumi.Input[str]
    """Lambda puts there by the function's role what the function could not bring."""
    dead_letter_key_arn: pulumi.Input[str]
    heartbeat_url: str
    """Called when a heartbeat has come by this way; empty: nobody outside listens for it."""
    log_group_name: str
    log_key_arn: pulumi.Input[str]
    log_retention_days: int
    protect: bool
    tags: Mapping[str, str] = field(default_factory=dict)


class SlackRelayFunction(pulumi.ComponentResource):
    """A function that brings each message of a topic to Slack. It reads one secret and is in no VPC; TopicFunction calls it."""

    arn: pulumi.Output[str]
    function_name: pulumi.Output[str]
    role_arn: pulumi.Output[str]
    """Who reads the webhook's address."""

    def __init__(
        self, name: str, args: SlackRelayFunctionArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:SlackRelayFunction", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        log = aws.cloudwatch.LogGroup(
            f"{name}-log",
            name=args.log_group_name,
            kms_key_id=args.log_key_arn,
            retention_in_days=args.log_retention_days,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        role = aws.iam.Role(
            f"{name}-role",
            assume_role_policy=pulumi.Output.json_dumps(function_trust()),
            tags=args.tags,
            opts=child,
        )
        rights = aws.iam.RolePolicy(
            f"{name}-role-policy",
            role=role.name,
            policy=pulumi.Output.json_dumps(
                relay_policy(
                    log_group=pulumi.Output.concat(log.arn, ":*"),
                    secret=args.webhook_secret_arn,
                    secret_key=args.webhook_key_arn,
                    queue=args.dead_letter_arn,
                    queue_key=args.dead_letter_key_arn,
                    region=args.region,
                )
            ),
            opts=child,
        )
        function = self._function(name, args, role, log, rights)

        self.arn = function.arn
        self.function_name = function.name
        self.role_arn = role.arn
        self.register_outputs(
            {"arn": self.arn, "function_name": self.function_name, "role_arn": self.role_arn}
        )

    def _function(
        self,
        name: str,
        args: SlackRelayFunctionArgs,
        role: aws.iam.Role,
        log: aws.cloudwatch.LogGroup,
        rights: aws.iam.RolePolicy,
    ) -> aws.lambda_.Function:
        heartbeat = {"HEARTBEAT_URL": args.heartbeat_url} if args.heartbeat_url else {}
        return aws.lambda_.Function(
            f"{name}-function",
            name=args.function_name,
            description="Brings alerts to Slack",
            runtime=RUNTIME,
            architectures=["arm64"],
            handler=HANDLER,
            # Texts and no files: an archive of files keeps the path of whoever packed it in the state.
            code=pulumi.AssetArchive(
                {path: pulumi.StringAsset(text) for path, text in code().items()}
            ),
            role=role.arn,
            memory_size=MEMORY_MIB,
            timeout=TIMEOUT_SECONDS,
            reserved_concurrent_executions=CONCURRENCY,
            environment=aws.lambda_.FunctionEnvironmentArgs(
                variables={"WEBHOOK_ARN": args.webhook_secret_arn, **heartbeat}
            ),
            logging_config=aws.lambda_.FunctionLoggingConfigArgs(
                log_format="JSON", log_group=log.name
            ),
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[rights]),
        )
