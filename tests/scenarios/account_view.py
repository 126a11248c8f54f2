"""What the account itself says, by boto3: never what the engine believes."""

from __future__ import annotations

import functools
import json
import urllib.request
from typing import Any

import boto3

from tests.scenarios.runs import until

Json = dict[str, Any]
# One for all tests: it reads the descriptions of the services once.
SESSION = boto3.Session("test", "test", region_name="eu-west-1")
CLUSTER = "small"


class AccountView:
    """The account at an endpoint, and the services of the small stack's cluster in it."""

    def __init__(self, endpoint: str) -> None:
        self.client: Any = functools.cache(lambda name: SESSION.client(name, endpoint_url=endpoint))
        self.ecs = self.client("ecs")

    def service(self, name: str) -> Json:
        found: Json = self.ecs.describe_services(cluster=CLUSTER, services=[name])["services"][0]
        return found

    def newest(self, name: str) -> Json:
        """The deployment that decides what runs."""
        found: Json = self.service(name)["deployments"][0]
        return found

    def tasks(self, name: str, status: str = "RUNNING") -> list[Json]:
        arns = self.ecs.list_tasks(cluster=CLUSTER, serviceName=name, desiredStatus=status)
        if not arns["taskArns"]:
            return []
        described = self.ecs.describe_tasks(cluster=CLUSTER, tasks=arns["taskArns"])
        return sorted(described["tasks"], key=lambda each: str(each["taskArn"]))

    def task_arns(self, name: str) -> list[str]:
        return [each["taskArn"] for each in self.tasks(name)]

    def deployments_ever(self, name: str) -> set[str]:
        """The ids of all deployments that have ever started a task."""
        every = self.tasks(name) + self.tasks(name, "STOPPED")
        return {each["startedBy"] for each in every}

    def settled(self, name: str) -> list[Json]:
        """The tasks once the newest deployment is complete and nothing of an older one runs: ECS goes on after a run."""

        def look() -> list[Json] | None:
            newest, tasks = self.newest(name), self.tasks(name)
            as_wanted = len(tasks) == newest["desiredCount"] == newest["runningCount"]
            return tasks if as_wanted and newest["rolloutState"] == "COMPLETED" else None

        return until(look, f"{name} to settle")

    def answers(self, name: str) -> list[Json]:
        """What each task of a settled service answers, if it is the sample."""
        return [
            get(each["containers"][0]["networkBindings"][0]["hostPort"])
            for each in self.settled(name)
        ]

    def revisions(self, name: str) -> list[str]:
        """Which revision each task of a settled service says it is."""
        return [each["revision"] for each in self.answers(name)]

    def targets(self) -> dict[int, str]:
        """Port and health of every target of the load balancer."""
        elb = self.client("elbv2")
        return {
            each["Target"]["Port"]: each["TargetHealth"]["State"]
            for group in elb.describe_target_groups()["TargetGroups"]
            for each in elb.describe_target_health(TargetGroupArn=group["TargetGroupArn"])[
                "TargetHealthDescriptions"
            ]
        }


def get(port: int) -> Json:
    """Ask the sample service that listens on a port of this machine which one it is."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        found: Json = json.load(answer)
    return found
