"""What it takes to bring about the services: ECS, ECR, Service Connect, autoscaling, and the hooks that watch them."""

from __future__ import annotations

from typing import Final

from components.delivery.rights.right import Right, Table, reads, unnamed, writes

CLUSTER: Final = "cluster/turnstay-{stack}"
SERVICES: Final = "service/turnstay-{stack}/*"
TASKS: Final = "task/turnstay-{stack}/*"
FAMILIES: Final = "task-definition/turnstay-{stack}-*:*"
IMAGES: Final = "repository/turnstay-{stack}/*"
# AWS makes the resource of a Service Connect namespace's name up, and that of an autoscaling target too.
NAMESPACES: Final = "namespace/*"
TARGETS: Final = "scalable-target/*"
REPOSITORY_KEY: Final = Right(
    actions=("kms:CreateGrant",),
    resources=("arn:aws:kms:{region}:{account}:key/*",),
    narrowing="granting",
)
"""ECR, RDS and Backup keep using a key by a grant that they ask for with the rights of whoever makes the resource."""

COMPUTE: Final[Table] = {
    "aws:appautoscaling/policy:Policy": (
        writes("application-autoscaling", "PutScalingPolicy DeleteScalingPolicy", TARGETS),
        reads("application-autoscaling", "DescribeScalingPolicies"),
    ),
    "aws:appautoscaling/target:Target": (
        writes(
            "application-autoscaling",
            "RegisterScalableTarget DeregisterScalableTarget TagResource UntagResource",
            TARGETS,
        ),
        reads("application-autoscaling", "DescribeScalableTargets ListTagsForResource"),
    ),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": (
        writes("ecr", "PutLifecyclePolicy DeleteLifecyclePolicy", IMAGES),
        reads("ecr", "GetLifecyclePolicy"),
    ),
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": (
        unnamed("ecr", "CreatePullThroughCacheRule DeletePullThroughCacheRule"),
        reads("ecr", "DescribePullThroughCacheRules"),
    ),
    "aws:ecr/repository:Repository": (
        writes(
            "ecr",
            "CreateRepository DeleteRepository PutImageScanningConfiguration PutImageTagMutability"
            " TagResource UntagResource",
            IMAGES,
        ),
        reads("ecr", "DescribeRepositories ListTagsForResource"),
        REPOSITORY_KEY,
    ),
    "aws:ecs/cluster:Cluster": (
        writes(
            "ecs", "CreateCluster DeleteCluster UpdateCluster TagResource UntagResource", CLUSTER
        ),
        reads("ecs", "DescribeClusters ListTagsForResource"),
    ),
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": (
        writes("ecs", "PutClusterCapacityProviders", CLUSTER),
        reads("ecs", "DescribeClusters"),
    ),
    "aws:ecs/service:Service": (
        writes(
            "ecs", "CreateService DeleteService UpdateService TagResource UntagResource", SERVICES
        ),
        reads("ecs", "DescribeServices DescribeServiceDeployments ListServiceDeployments"),
    ),
    "aws:ecs/taskDefinition:TaskDefinition": (
        unnamed("ecs", "RegisterTaskDefinition DeregisterTaskDefinition"),
        writes("ecs", "TagResource", FAMILIES),
        reads("ecs", "DescribeTaskDefinition"),
    ),
    "aws:servicediscovery/httpNamespace:HttpNamespace": (
        unnamed("servicediscovery", "CreateHttpNamespace"),
        writes(
            "servicediscovery",
            "DeleteNamespace UpdateHttpNamespace TagResource UntagResource",
            NAMESPACES,
        ),
        reads("servicediscovery", "GetNamespace GetOperation ListNamespaces ListTagsForResource"),
    ),
    "hook:one-off task": (
        writes("ecs", "RunTask", FAMILIES),
        writes("ecs", "StopTask", TASKS),
        reads("ecs", "DescribeTasks ListTasks"),
        writes("logs", "GetLogEvents", "log-group:/turnstay/{stack}/*"),
    ),
    "hook:rollout": (
        writes("ecs", "UpdateService", SERVICES),
        reads("ecs", "DescribeServices DescribeTasks ListTasks"),
        writes("logs", "GetLogEvents", "log-group:/turnstay/{stack}/*"),
    ),
    "hook:secret presence": (
        writes("secretsmanager", "DescribeSecret", "secret:turnstay/{stack}/*"),
    ),
}
