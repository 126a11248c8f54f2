"""What ECS tells of services and their tasks."""

from __future__ import annotations

from components.observability.notices import Notice


def deployment_notices(cluster_arn_pattern: str) -> tuple[Notice, ...]:
    """What ECS says of the services of one cluster."""
    services = [{"wildcard": cluster_arn_pattern}]
    return (
        Notice(
            name="deployment-failed",
            severity="ticket",
            runbook="deployment",
            summary="A deployment failed and is rolled back to the last good revision.",
            pattern={
                "source": ["aws.ecs"],
                "detail-type": ["ECS Deployment State Change"],
                "resources": services,
                "detail": {"eventName": ["SERVICE_DEPLOYMENT_FAILED"]},
            },
        ),
        Notice(
            name="tasks-do-not-start",
            severity="ticket",
            runbook="tasks-missing",
            summary="A service cannot start or place its tasks.",
            pattern={
                "source": ["aws.ecs"],
                "detail-type": ["ECS Service Action"],
                "resources": services,
                "detail": {
                    "eventName": [
                        "SERVICE_TASK_START_IMPAIRED",
                        "SERVICE_TASK_PLACEMENT_FAILURE",
                        "SERVICE_TASK_CONFIGURATION_FAILURE",
                    ]
                },
            },
        ),
    )


def task_failure_notice(cluster_arn: str) -> Notice:
    """A task of a service that ended by itself, not stopped by a deployment or by scaling."""
    return Notice(
        name="task-failed",
        severity="ticket",
        runbook="task-failed",
        summary="A task of a service ended with an error.",
        pattern={
            "source": ["aws.ecs"],
            "detail-type": ["ECS Task State Change"],
            "detail": {
                "clusterArn": [cluster_arn],
                "lastStatus": ["STOPPED"],
                "group": [{"prefix": "service:"}],
                "$or": [
                    {"stopCode": ["TaskFailedToStart"]},
                    {
                        "stopCode": ["EssentialContainerExited"],
                        # 143 is the answer to SIGTERM, 0 the end of a task that was asked to end.
                        "containers": {"exitCode": [{"anything-but": [0, 143]}]},
                    },
                ],
            },
        },
    )
