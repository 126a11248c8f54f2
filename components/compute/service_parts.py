"""What each part of a Fargate service takes of the service's inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pulumi

from components.compute import service_checks as checks
from components.compute import task_size
from components.compute.container_definitions import (
    TMPFS_MIB,
    AppContainer,
    Definition,
    container_definitions,
)
from components.compute.service_logs import ServiceLogsArgs
from components.compute.target_group import PublicRoute, TargetGroup, TargetGroupArgs
from components.compute.task_log import LogTarget
from components.compute.task_policies import execution_statements, privilege_problems
from components.compute.task_roles import TaskRolesArgs

if TYPE_CHECKING:  # the inputs are defined beside the component, which builds its parts from here
    from components.compute.fargate_service import FargateServiceArgs

# A proxy closes an idle connection first, or the application closes one on which a request is on its way.
KEEP_ALIVE_MARGIN_SECONDS: Final = 15
INTERNAL_IDLE_SECONDS: Final = 60


def problems(args: FargateServiceArgs) -> list[str]:
    """All that is wrong with the plain inputs; empty when nothing is."""
    secrets = {*args.secrets, *(name for each in args.sidecars for name in each.secrets)}
    found = [
        *checks.name_problems(args.service_name, args.family),
        *checks.run_problems(args.command, args.port, args.image, args.health_check_path),
        *checks.variable_problems(args.environment, args.secrets),
        *checks.sidecar_problems(args.sidecars),
        *checks.count_problems(
            min_tasks=args.min_tasks,
            max_tasks=args.max_tasks,
            grace_seconds=args.health_check_grace_seconds,
            log_retention_days=args.log_retention_days,
        ),
        *task_size.size_problems(args.cpu, args.memory_mib),
        *task_size.memory_problems(
            args.memory_mib,
            sidecars_mib=_sidecars_mib(args),
            proxy=args.namespace_arn is not None,
            tmpfs_mib=TMPFS_MIB,
        ),
        *args.capacity.problems(),
        *args.scaling.problems(public=args.public is not None),
        *(args.public.problems() if args.public else []),
        *privilege_problems(args.task_role_statements),
    ]
    if args.cpu_architecture not in ("ARM64", "X86_64"):
        found.append(f"cpu_architecture is ARM64 or X86_64, got {args.cpu_architecture}")
    if secrets and not args.secret_arns:
        found.append(f"secrets {', '.join(sorted(secrets))} need secret_arns, which is empty")
    return found


def log(args: FargateServiceArgs) -> LogTarget:
    """Where all containers write."""
    return LogTarget(group=args.log_group_name, region=args.region)


def logs(args: FargateServiceArgs) -> ServiceLogsArgs:
    """The log group."""
    return ServiceLogsArgs(
        log_group_name=args.log_group_name,
        retention_days=args.log_retention_days,
        key_arn=args.logs_key_arn,
        mask_card_numbers=args.mask_card_numbers,
        protect=args.protect,
        tags=args.tags,
    )


def roles(args: FargateServiceArgs) -> TaskRolesArgs:
    """Both roles; the execution role pulls the images of the sidecars too."""
    pulled = [args.repository_arn, *(each.repository_arn for each in args.sidecars)]
    return TaskRolesArgs(
        account_id=args.account_id,
        region=args.region,
        execution_statements=execution_statements(
            account_id=args.account_id,
            region=args.region,
            log_group_name=args.log_group_name,
            repository_arns=[each for each in pulled if each is not None],
            secret_arns=args.secret_arns,
            secret_key_arns=args.secret_key_arns,
        ),
        task_statements=args.task_role_statements,
        tags=args.tags,
    )


def target_group(
    args: FargateServiceArgs, route: PublicRoute, security_group_id: pulumi.Input[str]
) -> TargetGroupArgs:
    """The way from the load balancer."""
    return TargetGroupArgs(
        vpc_id=args.vpc_id,
        port=args.port,
        health_check_path=args.health_check_path,
        route=route,
        security_group_id=security_group_id,
        tags=args.tags,
    )


def containers(args: FargateServiceArgs, image: str) -> list[Definition]:
    """The application and its sidecars."""
    idle = args.public.idle_timeout_seconds if args.public else INTERNAL_IDLE_SECONDS
    app = AppContainer(
        image=image,
        command=args.command,
        port=args.port,
        memory_mib=task_size.app_memory_mib(
            args.memory_mib,
            sidecars_mib=_sidecars_mib(args),
            proxy=args.namespace_arn is not None,
        ),
        keep_alive_seconds=idle + KEEP_ALIVE_MARGIN_SECONDS,
        health_check_path=args.health_check_path,
        start_period_seconds=args.health_check_grace_seconds,
        environment=args.environment,
        secrets=args.secrets,
    )
    return container_definitions(app, args.sidecars, log(args))


def request_label(args: FargateServiceArgs, group: TargetGroup | None) -> pulumi.Output[str] | None:
    """Load balancer and target group as CloudWatch names them; None for an internal service."""
    if args.public is None or group is None:
        return None
    return pulumi.Output.concat(args.public.load_balancer_arn_suffix, "/", group.arn_suffix)


def _sidecars_mib(args: FargateServiceArgs) -> int:
    return sum(each.memory_mib for each in args.sidecars)
