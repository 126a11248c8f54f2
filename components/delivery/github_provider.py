"""The account's trust in GitHub: there is one of an account, and every role of the pipeline stands on it."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.delivery.github_trust import AUDIENCE, PROVIDER_URL


@dataclass(frozen=True, kw_only=True)
class GithubProviderArgs:
    """Inputs of GithubProvider."""

    protect: bool
    """whether Pulumi refuses to delete it, and with it every way in for a pipeline"""


class GithubProvider(pulumi.ComponentResource):
    """Tokens that GitHub Actions asks for AWS are accepted as such; who may do what with one the roles say.

    AWS checks GitHub's certificate against its own list of authorities, so no thumbprint is kept here.
    """

    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: GithubProviderArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:delivery:GithubProvider", name, {}, opts)
        provider = aws.iam.OpenIdConnectProvider(
            f"{name}-provider",
            url=PROVIDER_URL,
            client_id_lists=[AUDIENCE],
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.arn = provider.arn
        self.register_outputs({"arn": self.arn})
