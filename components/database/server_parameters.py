"""The parameter group of a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.database.parameters import parameters
from components.database.versions import parameter_family


@dataclass(frozen=True, kw_only=True)
class ServerParametersArgs:
    """Inputs of ServerParameters."""

    engine_version: str
    """The major version."""
    tags: Mapping[str, str] = field(default_factory=dict)


class ServerParameters(pulumi.ComponentResource):
    """The parameters of one major version.

    Another version is another group, made before the server leaves the old one, which is deleted last: so the name is
    Pulumi's.
    """

    group_name: pulumi.Output[str]

    def __init__(
        self, name: str, args: ServerParametersArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:ServerParameters", name, {}, opts)

        group = aws.rds.ParameterGroup(
            f"{name}-parameters",
            family=parameter_family(args.engine_version),
            parameters=[
                aws.rds.ParameterGroupParameterArgs(
                    name=each.name, value=each.value, apply_method=each.apply_method
                )
                for each in parameters(args.engine_version)
            ],
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self),
        )

        self.group_name = group.name
        self.register_outputs({"group_name": self.group_name})
