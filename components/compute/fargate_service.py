"""One service on Fargate, with all that belongs to it alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import pulumi

from components.compute import service_parts as parts
from components.compute.capacity import Capacity
from components.compute.deployment_alarms import DeploymentAlarms, JudgedBy
from components.compute.ecs_service import EcsService, EcsServiceArgs
from components.compute.scaling import Scaling
from components.compute.service_autoscaling import ServiceAutoscaling, ServiceAutoscalingArgs
from components.compute.service_logs import ServiceLogs
from components.compute.sidecar import Sidecar
from components.compute.target_group import PublicRoute, TargetGroup
from components.compute.task_definition import task_definition
from components.compute.task_policies import Statement
from components.compute.task_roles import TaskRoles
from components.compute.task_security_group import (
    HTTPS_ANYWHERE,
    Egress,
    TaskSecurityGroup,
    TaskSecurityGroupArgs,
)

OUTPUTS: Final = (
    *("security_group_id", "task_role_arn", "execution_role_arn"),
    *("log_group", "target_group_arn_suffix", "task_definition_arn", "service_arn", "deployment"),
)


Release: TypeAlias = Callable[[pulumi.Output[str]], pulumi.Output[str]]
"""From the ARN of a task definition to the ARN of the one that may be rolled out."""


@dataclass(frozen=True, kw_only=True)
class FargateServiceArgs:
    """Inputs of FargateService. Sizes are the task's: the Service Connect proxy and the sidecars live in them too."""

    service_name: str
    """In ECS and in Service Connect: others call `http://<service_name>:<port>`."""
    family: str
    account_id: str
    region: str
    tags: Mapping[str, str] = field(default_factory=dict)

    cluster_arn: pulumi.Input[str]
    cluster_name: str
    namespace_arn: pulumi.Input[str] | None
    """None: the service is not in Service Connect."""
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    egress: Sequence[Egress] = (HTTPS_ANYWHERE,)
    public: PublicRoute | None = None
    """None: the load balancer does not know the service."""

    image: str | None
    """None: there is no image yet. Everything is made but the task definition and the ECS service."""
    release: Release | None = None
    """What a new revision passes through before the service gets it, such as a gate of migrations; None: nothing."""
    judged_by: JudgedBy | None = None
    """Alarms that roll a deployment back; None: the circuit breaker alone."""
    repository_arn: pulumi.Input[str] | None = None
    command: Sequence[str]
    port: int = 8000
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """Variable -> where its value is, `ARN` or `ARN:key::`; never the value."""
    secret_arns: Sequence[pulumi.Input[str]] = ()
    secret_key_arns: Sequence[pulumi.Input[str]] = ()
    sidecars: Sequence[Sidecar] = ()
    task_role_statements: Sequence[Statement] = ()
    health_check_path: str = "/health"
    health_check_grace_seconds: int = 60

    cpu: int
    memory_mib: int
    cpu_architecture: str
    min_tasks: int
    max_tasks: int
    capacity: Capacity = field(default_factory=Capacity)
    scaling: Scaling = field(default_factory=Scaling)

    log_group_name: str
    log_retention_days: int
    logs_key_arn: pulumi.Input[str]
    mask_card_numbers: bool = False
    protect: bool = False
    """Of the log: whether Pulumi refuses to delete it."""

    def __post_init__(self) -> None:
        if problems := parts.problems(self):
            raise ValueError(f"service {self.service_name}: {'; '.join(problems)}")


class FargateService(pulumi.ComponentResource):
    """Runs one image, hardened, in Service Connect and, if public, behind the load balancer.

    It registers and does not wait: whether the revision really runs is the rollout gate's to say.
    """

    service_name: str
    log_group_name: str
    log_group: pulumi.Output[str]
    """The same name, when the group is there."""
    security_group_id: pulumi.Output[str]
    task_role_arn: pulumi.Output[str]
    execution_role_arn: pulumi.Output[str]
    target_group_arn_suffix: pulumi.Output[str] | None = None
    task_definition_arn: pulumi.Output[str] | None = None
    service_arn: pulumi.Output[str] | None = None
    deployment: Mapping[str, pulumi.Input[Any]] | None = None
    """What begins a deployment when it changes, besides the task definition: for the rollout gate."""

    def __init__(
        self, name: str, args: FargateServiceArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:FargateService", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        logs = ServiceLogs(name, parts.logs(args), opts=child)
        roles = TaskRoles(name, parts.roles(args), opts=child)
        group = TaskSecurityGroup(
            name,
            TaskSecurityGroupArgs(vpc_id=args.vpc_id, egress=args.egress, tags=args.tags),
            opts=child,
        )
        self.service_name = args.service_name
        self.log_group_name = args.log_group_name
        self.log_group = logs.group_name
        self.security_group_id = group.security_group_id
        self.task_role_arn = roles.task_role_arn
        self.execution_role_arn = roles.execution_role_arn

        target_group = None
        if args.public:
            route = parts.target_group(args, args.public, group.security_group_id)
            target_group = TargetGroup(name, route, opts=child)
            self.target_group_arn_suffix = target_group.arn_suffix
        if args.image is not None:
            revision = self._revision(name, args, args.image, roles)
            if args.release:
                revision = args.release(revision)
            needs = [logs, roles, group, *([target_group] if target_group else [])]
            judge = args.judged_by(self.target_group_arn_suffix) if args.judged_by else None
            service = self._service(name, args, revision, target_group, needs, judge)
            self._autoscaling(name, args, service, target_group)
            self.task_definition_arn = revision
            self.service_arn = service.arn
            self.deployment = service.deployment
        self.register_outputs(
            {each: value for each in OUTPUTS if (value := getattr(self, each)) is not None}
        )

    def _revision(
        self, name: str, args: FargateServiceArgs, image: str, roles: TaskRoles
    ) -> pulumi.Output[str]:
        return task_definition(
            f"{name}-task",
            family=args.family,
            cpu=args.cpu,
            memory_mib=args.memory_mib,
            cpu_architecture=args.cpu_architecture,
            containers=parts.containers(args, image),
            roles=roles,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self),
        ).arn

    def _service(
        self,
        name: str,
        args: FargateServiceArgs,
        revision: pulumi.Output[str],
        target_group: TargetGroup | None,
        needs: Sequence[pulumi.Resource],
        judge: DeploymentAlarms | None,
    ) -> EcsService:
        return EcsService(
            name,
            EcsServiceArgs(
                service_name=args.service_name,
                cluster_arn=args.cluster_arn,
                task_definition_arn=revision,
                port=args.port,
                first_tasks=args.min_tasks,
                capacity=args.capacity,
                subnet_ids=args.subnet_ids,
                security_group_id=self.security_group_id,
                namespace_arn=args.namespace_arn,
                target_group_arn=target_group.arn if target_group else None,
                health_check_grace_seconds=args.health_check_grace_seconds,
                log=parts.log(args),
                needs=[*needs, judge.resource] if judge else needs,
                deployment_alarms=judge.names if judge else (),
                tags=args.tags,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _autoscaling(
        self,
        name: str,
        args: FargateServiceArgs,
        service: EcsService,
        target_group: TargetGroup | None,
    ) -> None:
        ServiceAutoscaling(
            name,
            ServiceAutoscalingArgs(
                cluster_name=args.cluster_name,
                service_name=service.name,
                min_tasks=args.min_tasks,
                max_tasks=args.max_tasks,
                scaling=args.scaling,
                request_label=parts.request_label(args, target_group),
                tags=args.tags,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
