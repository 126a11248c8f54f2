"""Which handler knows which resource type."""

from __future__ import annotations

from typing import Final

from local.provider.errors import ProviderError
from local.provider.handler import Handler
from local.provider.resources import (
    acm,
    backup,
    budgets,
    cloudwatch_alarms,
    cloudwatch_dashboard,
    codeartifact,
    codeartifact_policies,
    ec2_endpoints,
    ec2_gateways,
    ec2_network_acls,
    ec2_routes,
    ec2_security_groups,
    ec2_vpc,
    ecr,
    ecr_cache,
    ecs_cluster,
    ecs_service,
    ecs_task_definition,
    events,
    events_api,
    iam,
    iam_accounts,
    kms,
    lambda_function,
    lambda_invocation,
    lb,
    lb_listeners,
    lb_target_groups,
    logs,
    logs_metric_filter,
    rds_groups,
    rds_instance,
    rds_subscription,
    route53,
    s3,
    s3_settings,
    scaling,
    scheduler,
    secretsmanager,
    secretsmanager_versions,
    servicediscovery,
    sns,
    sns_subscription,
    sqs,
    vpc_rules,
    waf,
)

HANDLERS: Final[dict[str, Handler]] = {
    handler.type: handler
    for module in (
        acm.HANDLERS,
        backup.HANDLERS,
        budgets.HANDLERS,
        cloudwatch_alarms.HANDLERS,
        cloudwatch_dashboard.HANDLERS,
        codeartifact.HANDLERS,
        codeartifact_policies.HANDLERS,
        ec2_endpoints.HANDLERS,
        ec2_gateways.HANDLERS,
        ec2_network_acls.HANDLERS,
        ec2_routes.HANDLERS,
        ec2_security_groups.HANDLERS,
        ec2_vpc.HANDLERS,
        ecr.HANDLERS,
        ecr_cache.HANDLERS,
        ecs_cluster.HANDLERS,
        ecs_service.HANDLERS,
        ecs_task_definition.HANDLERS,
        events.HANDLERS,
        events_api.HANDLERS,
        iam.HANDLERS,
        iam_accounts.HANDLERS,
        kms.HANDLERS,
        lambda_function.HANDLERS,
        lambda_invocation.HANDLERS,
        lb.HANDLERS,
        lb_listeners.HANDLERS,
        lb_target_groups.HANDLERS,
        logs.HANDLERS,
        logs_metric_filter.HANDLERS,
        rds_groups.HANDLERS,
        rds_instance.HANDLERS,
        rds_subscription.HANDLERS,
        route53.HANDLERS,
        s3.HANDLERS,
        s3_settings.HANDLERS,
        scaling.HANDLERS,
        scheduler.HANDLERS,
        secretsmanager.HANDLERS,
        secretsmanager_versions.HANDLERS,
        servicediscovery.HANDLERS,
        sns.HANDLERS,
        sns_subscription.HANDLERS,
        sqs.HANDLERS,
        vpc_rules.HANDLERS,
        waf.HANDLERS,
    )
    for handler in module
}


def handler_of(urn: str) -> Handler:
    """Find the handler of a resource by its URN; a type without one is an error that names it."""
    kind = urn.split("::")[2].rsplit("$", 1)[-1]
    if kind not in HANDLERS:
        raise ProviderError(
            f"the local account's aws provider does not know the resource type {kind}; "
            "a handler for it belongs into local/provider/resources"
        )
    return HANDLERS[kind]
