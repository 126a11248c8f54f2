"""Two services, one of them public and calling the other, wired by the components' public arguments alone.

Everything that a scenario changes comes from the stack's file. A certificate and a network that are as small as can be
stand in for the real ones, which the real stacks bring up.
"""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.fargate_service import FargateService, FargateServiceArgs
from components.compute.rollout_gate import RolloutGate, RolloutGateArgs
from components.compute.service_call import ServiceCall, ServiceCallArgs
from components.compute.target_group import PublicRoute
from components.edge.access_logs import AccessLogBucket, AccessLogBucketArgs
from components.edge.load_balancer import PublicLoadBalancer, PublicLoadBalancerArgs
from components.keys.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.keys.policies import logs_statement

config = pulumi.Config()
ACCOUNT, REGION = config.require("account"), "eu-west-1"
IMAGES: Mapping[str, str] = config.require_object("images")  # a service without one is not deployed
TIMEOUT_SECONDS = config.get_int("timeout_seconds") or 120
PROTECT = config.get_bool("protect") or False
LOG_GROUPS = {name: f"/small/{name}" for name in ("web", "ledger", "exec")}
IDLE_SECONDS = 60
COMMAND = ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"]  # noqa: S104

provider = aws.Provider(
    "aws",
    region=REGION,
    allowed_account_ids=[ACCOUNT],
    default_tags=aws.ProviderDefaultTagsArgs(tags={"project": "small"}),
)
opts = pulumi.ResourceOptions(providers=[provider])
plain = pulumi.ResourceOptions(provider=provider)

vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16", opts=plain)
subnets = [
    aws.ec2.Subnet(
        f"subnet-{zone}",
        vpc_id=vpc.id,
        cidr_block=f"10.0.{place}.0/24",
        availability_zone=f"{REGION}{zone}",
        opts=plain,
    ).id
    for place, zone in enumerate("ab")
]
key = EncryptionKey(
    "logs",
    EncryptionKeyArgs(
        alias="alias/small-logs",
        description="Logs of the small stack",
        account_id=ACCOUNT,
        statements=[
            logs_statement(
                region=REGION, account_id=ACCOUNT, log_group_names=list(LOG_GROUPS.values())
            )
        ],
        protect=PROTECT,
    ),
    opts=opts,
)
cluster = Cluster(
    "cluster",
    ClusterArgs(
        cluster_name="small",
        namespace_name="small",
        container_insights="enabled",
        exec_log_group_name=LOG_GROUPS["exec"],
        log_retention_days=365,
        logs_key_arn=key.arn,
    ),
    opts=opts,
)
balancer = PublicLoadBalancer(
    "public",
    PublicLoadBalancerArgs(
        vpc_id=vpc.id,
        subnet_ids=subnets,
        certificate_arn=aws.acm.Certificate(
            "certificate", domain_name="small.example", validation_method="DNS", opts=plain
        ).arn,
        access_log_bucket=AccessLogBucket(
            "access-logs",
            AccessLogBucketArgs(
                account_id=ACCOUNT, retention_days=365, elb_account_arn=None, protect=PROTECT
            ),
            opts=opts,
        ).bucket,
        idle_timeout_seconds=IDLE_SECONDS,
        deletion_protection=False,
        protect=False,
    ),
    opts=opts,
)


def service(name: str, public: PublicRoute | None = None) -> FargateService:
    return FargateService(
        name,
        FargateServiceArgs(
            service_name=name,
            family=f"small-{name}",
            account_id=ACCOUNT,
            region=REGION,
            cluster_arn=cluster.arn,
            cluster_name="small",
            namespace_arn=cluster.namespace_arn,
            vpc_id=vpc.id,
            subnet_ids=subnets,
            public=public,
            image=IMAGES.get(name),
            command=COMMAND,
            cpu=256,
            memory_mib=512,
            cpu_architecture="X86_64",
            min_tasks=1,
            max_tasks=2,
            log_group_name=LOG_GROUPS[name],
            log_retention_days=365,
            logs_key_arn=key.arn,
        ),
        opts=opts,
    )


def gate(name: str, built: FargateService, callees: Mapping[str, FargateService]) -> None:
    if built.service_arn is None or built.task_definition_arn is None:
        return
    arns = {each: callee.service_arn for each, callee in callees.items()}
    RolloutGate(
        f"{name}-rollout",
        RolloutGateArgs(
            account_id=ACCOUNT,
            region=REGION,
            cluster_arn=cluster.arn,
            service_name=name,
            service_arn=built.service_arn,
            task_definition_arn=built.task_definition_arn,
            deployment=built.deployment or {},
            callee_service_arns={each: arn for each, arn in arns.items() if arn is not None},
            log_group_name=LOG_GROUPS[name],
            timeout_seconds=TIMEOUT_SECONDS,
        ),
        opts=opts,
    )


route = PublicRoute(
    listener_arn=balancer.listener_arn,
    host="api.small.example",
    priority=10,
    load_balancer_security_group_id=balancer.security_group_id,
    load_balancer_arn_suffix=balancer.arn_suffix,
    idle_timeout_seconds=IDLE_SECONDS,
)
web, ledger = service("web", route), service("ledger")
ServiceCall(
    "web-calls-ledger",
    ServiceCallArgs(
        caller_security_group_id=web.security_group_id,
        callee_security_group_id=ledger.security_group_id,
        callee_port=8000,
        description="web calls ledger",
    ),
    opts=opts,
)
gate("web", web, {"ledger": ledger})
gate("ledger", ledger, {})
