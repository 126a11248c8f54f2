"""The ECS cluster and the namespace in which its services find each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class ClusterArgs:
    """Inputs of Cluster."""

    cluster_name: str
    namespace_name: str
    container_insights: str  # "enabled" or "enhanced"
    exec_log_group_name: str
    log_retention_days: int
    logs_key_arn: pulumi.Input[str]  # encrypts the sessions of ECS Exec and the log of them
    protect: bool = False  # of the log of sessions

    def __post_init__(self) -> None:
        if self.container_insights not in ("enabled", "enhanced"):
            raise ValueError(
                f"container_insights is enabled or enhanced, got {self.container_insights}"
            )


class Cluster(pulumi.ComponentResource):
    """Runs Fargate tasks only. What is typed in a session of ECS Exec is encrypted and logged."""

    arn: pulumi.Output[str]
    name: pulumi.Output[str]
    namespace_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:Cluster", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        namespace = aws.servicediscovery.HttpNamespace(
            f"{name}-namespace",
            name=args.namespace_name,
            description="Short names of the services, resolved by Service Connect",
            opts=child,
        )
        exec_log = aws.cloudwatch.LogGroup(
            f"{name}-exec-log",
            name=args.exec_log_group_name,
            kms_key_id=args.logs_key_arn,
            retention_in_days=args.log_retention_days,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        cluster = aws.ecs.Cluster(
            f"{name}-cluster",
            name=args.cluster_name,
            settings=[
                aws.ecs.ClusterSettingArgs(name="containerInsights", value=args.container_insights)
            ],
            configuration=aws.ecs.ClusterConfigurationArgs(
                execute_command_configuration=_logged_sessions(args.logs_key_arn, exec_log.name)
            ),
            service_connect_defaults=aws.ecs.ClusterServiceConnectDefaultsArgs(
                namespace=namespace.arn
            ),
            opts=child,
        )
        providers = aws.ecs.ClusterCapacityProviders(
            f"{name}-capacity-providers",
            cluster_name=cluster.name,
            capacity_providers=["FARGATE", "FARGATE_SPOT"],
            default_capacity_provider_strategies=[
                aws.ecs.ClusterCapacityProvidersDefaultCapacityProviderStrategyArgs(
                    capacity_provider="FARGATE", weight=1
                )
            ],
            opts=child,
        )

        # A service that names a capacity provider before the cluster has it is refused.
        self.arn = pulumi.Output.all(arn=cluster.arn, ready=providers.id).apply(_arn)
        self.name = cluster.name
        self.namespace_arn = namespace.arn
        self.register_outputs(
            {"arn": self.arn, "name": self.name, "namespace_arn": self.namespace_arn}
        )


def _logged_sessions(
    key_arn: pulumi.Input[str], log_group_name: pulumi.Input[str]
) -> aws.ecs.ClusterConfigurationExecuteCommandConfigurationArgs:
    return aws.ecs.ClusterConfigurationExecuteCommandConfigurationArgs(
        kms_key_id=key_arn,
        logging="OVERRIDE",
        log_configuration=aws.ecs.ClusterConfigurationExecuteCommandConfigurationLogConfigurationArgs(
            cloud_watch_encryption_enabled=True,
            cloud_watch_log_group_name=log_group_name,
        ),
    )


def _arn(values: dict[str, Any]) -> str:
    return str(values["arn"])
