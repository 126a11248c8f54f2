"""What a container can ask about its own task (task metadata endpoint, version 4)."""

from __future__ import annotations

from typing import Any

from local.account.ecs.tasks import Task

Json = dict[str, Any]


def task_metadata(task: Task) -> Json:
    """Describe a task as the endpoint does, in the fields that a program has a use for."""
    shown = task.shown
    return {
        "Cluster": shown["clusterArn"],
        "TaskARN": shown["taskArn"],
        "Family": task.definition.family,
        "Revision": str(task.definition.revision),
        "DesiredStatus": shown["desiredStatus"],
        "KnownStatus": shown["lastStatus"],
        "LaunchType": shown["launchType"],
        "ServiceName": (
            shown["group"].removeprefix("service:") if "service:" in shown["group"] else ""
        ),
        "Containers": [_container(each) for each in shown["containers"]],
    }


def _container(shown: Json) -> Json:
    return {
        "DockerId": shown["runtimeId"],
        "Name": shown["name"],
        "Image": shown["image"],
        "ImageID": shown["imageDigest"],
        "KnownStatus": shown["lastStatus"],
        "ContainerARN": shown["containerArn"],
    }
