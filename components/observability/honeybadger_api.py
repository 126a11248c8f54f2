"""Honeybadger's API as EventBridge calls it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.observability.delivery_policies import destinations_policy, trust

# docs.honeybadger.io/api/reporting-exceptions and /reporting-check-ins
KEY_HEADER: Final = "X-API-Key"
REQUESTS_PER_SECOND: Final = 10


@dataclass(frozen=True, kw_only=True)
class HoneybadgerApiArgs:
    """Inputs of HoneybadgerApi."""

    prefix: str
    """In front of the names of the connection and the destinations."""
    account_id: str
    api_url: str
    """Without a slash at the end."""
    api_key: pulumi.Input[str] = field(repr=False)
    """Of the project. Kept secret from here on, even if it was not before."""
    check_in: str = ""
    """Id of the check-in for heartbeats; empty: none listens."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https?://[^/\s]+", self.api_url):
            raise ValueError(f"api_url is https:// and a host, got {self.api_url!r}")


class HoneybadgerApi(pulumi.ComponentResource):
    """Destinations for EventBridge. The key is in the connection, of which EventBridge makes a secret of its own."""

    notices_arn: pulumi.Output[str]
    check_in_arn: pulumi.Output[str] | None = None
    role_arn: pulumi.Output[str]
    """What a target calls them by; it arrives when the role may."""

    def __init__(
        self, name: str, args: HoneybadgerApiArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:HoneybadgerApi", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        connection = aws.cloudwatch.EventConnection(
            f"{name}-connection",
            name=f"{args.prefix}-honeybadger",
            authorization_type="API_KEY",
            auth_parameters=aws.cloudwatch.EventConnectionAuthParametersArgs(
                api_key=aws.cloudwatch.EventConnectionAuthParametersApiKeyArgs(
                    key=KEY_HEADER, value=pulumi.Output.secret(args.api_key)
                )
            ),
            opts=child,
        )
        paths = {"notices": ("POST", "/v1/notices")}
        if args.check_in:
            paths["check-in"] = ("GET", f"/v1/check_in/{args.check_in}")
        made = {
            kind: aws.cloudwatch.EventApiDestination(
                f"{name}-{kind}",
                name=f"{args.prefix}-honeybadger-{kind}",
                connection_arn=connection.arn,
                http_method=method,
                invocation_endpoint=f"{args.api_url}{path}",
                invocation_rate_limit_per_second=REQUESTS_PER_SECOND,
                opts=child,
            )
            for kind, (method, path) in paths.items()
        }
        outputs = {"notices_arn": made["notices"].arn, "role_arn": self._role(name, args, made)}
        self.notices_arn, self.role_arn = outputs["notices_arn"], outputs["role_arn"]
        if "check-in" in made:
            self.check_in_arn = outputs["check_in_arn"] = made["check-in"].arn
        self.register_outputs(outputs)

    def _role(
        self,
        name: str,
        args: HoneybadgerApiArgs,
        destinations: Mapping[str, aws.cloudwatch.EventApiDestination],
    ) -> pulumi.Output[str]:
        child = pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(
            f"{name}-role",
            assume_role_policy=pulumi.Output.json_dumps(
                trust("events.amazonaws.com", args.account_id)
            ),
            tags=args.tags,
            opts=child,
        )
        rights = aws.iam.RolePolicy(
            f"{name}-role-policy",
            role=role.name,
            policy=pulumi.Output.json_dumps(
                destinations_policy([each.arn for each in destinations.values()])
            ),
            opts=child,
        )
        return pulumi.Output.all(arn=role.arn, rights=rights.id).apply(_arn)


def _arn(known: Mapping[str, str]) -> str:
    return known["arn"]
