"""An account, a network and a cluster to try ECS in, and the words to ask for tasks and services."""

from __future__ import annotations

import functools
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

import boto3

from local.account.server import Account

Json = dict[str, Any]
T = TypeVar("T")

TINY = Path(__file__).parent / "images" / "tiny"
PATIENCE = 30.0  # seconds until a test gives up waiting; nothing is measured by it
# One for all tests: it reads the descriptions of the services once.
SESSION = boto3.Session("test", "test", region_name="eu-west-1")
SERVE = ["python", "serve.py", "--port", "8000"]
CRASH = ["sh", "-c", "echo the cause; exit 3"]
SLEEP = ["sleep", "600"]


def account_id() -> str:
    """An id that no other test has."""
    return f"{uuid.uuid4().int % 10**12:012d}"


def until(look: Callable[[], T | None], what: str) -> T:
    """Look until there is something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.03)
    raise AssertionError(f"waited {PATIENCE:.0f} s in vain for {what}")


class Workbench:
    """boto3 clients of an account, with a VPC and a log group `/t` in it, and a cluster for one test."""

    cluster: str

    def __init__(self, account: Account) -> None:
        self.account = account
        self.client: Callable[[str], Any] = functools.cache(
            lambda name: SESSION.client(name, endpoint_url=account.endpoint)
        )
        self.ecs, self.logs = self.client("ecs"), self.client("logs")
        ec2 = self.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.subnets = [
            ec2.create_subnet(VpcId=self.vpc, CidrBlock=f"10.0.{place}.0/24", AvailabilityZone=f"eu-west-1{zone}")["Subnet"]["SubnetId"]
            for place, zone in enumerate("ab")
        ]  # fmt: skip
        self.network = {"awsvpcConfiguration": {"subnets": self.subnets}}
        self.logs.create_log_group(logGroupName="/t")

    def __enter__(self) -> Self:
        return self.prepare()

    def prepare(self) -> Self:
        """Make a cluster for one test."""
        self.cluster = f"c{uuid.uuid4().hex[:12]}"
        self.ecs.create_cluster(
            clusterName=self.cluster, capacityProviders=["FARGATE", "FARGATE_SPOT"]
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Ask all that runs in the cluster to end; the end of the account sees to it."""
        for service in self.ecs.list_services(cluster=self.cluster)["serviceArns"]:
            self.ecs.delete_service(cluster=self.cluster, service=service, force=True)
        for task in self.ecs.list_tasks(cluster=self.cluster)["taskArns"]:
            self.ecs.stop_task(cluster=self.cluster, task=task)

    def define(self, *containers: Json, family: str = "t", **more: Any) -> str:
        """Register a task definition; a container needs only what the test is about."""
        base = {"name": "app", "image": "tiny:1", "essential": True, "logConfiguration": LOGS}
        return str(
            self.ecs.register_task_definition(
                family=family,
                requiresCompatibilities=["FARGATE"],
                networkMode="awsvpc",
                cpu="256",
                memory="512",
                containerDefinitions=[base | each for each in containers],
                **more,
            )["taskDefinition"]["taskDefinitionArn"]
        )

    def run(self, *containers: Json, **more: Any) -> str:
        """Run a task of its own and return its ARN."""
        request = {
            "cluster": self.cluster,
            "launchType": "FARGATE",
            "networkConfiguration": self.network,
        }
        definition = more.pop("taskDefinition", None) or self.define(*containers)
        started = self.ecs.run_task(**request | {"taskDefinition": definition} | more)
        return str(started["tasks"][0]["taskArn"])

    def task(self, arn: str) -> Json:
        """Describe a task."""
        found: Json = self.ecs.describe_tasks(cluster=self.cluster, tasks=[arn])["tasks"][0]
        return found

    def wait(self, arn: str, status: str = "STOPPED") -> Json:
        """Wait for a status of a task."""
        return until(
            lambda: next((each for each in [self.task(arn)] if each["lastStatus"] == status), None),
            f"{status} of {arn}",
        )

    def lines(self, arn: str, container: str = "app") -> list[str]:
        """What a container has logged."""
        stream = f"s/{container}/{arn.rsplit('/', maxsplit=1)[-1]}"
        events = self.logs.get_log_events(
            logGroupName="/t", logStreamName=stream, startFromHead=True
        )
        return [each["message"] for each in events["events"]]

    def create(self, definition: str, name: str = "web", count: int = 2, **more: Any) -> None:
        """Create a service with a circuit breaker that rolls back."""
        breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
        self.ecs.create_service(
            **{
                "cluster": self.cluster,
                "serviceName": name,
                "taskDefinition": definition,
                "desiredCount": count,
                "launchType": "FARGATE",
                "networkConfiguration": self.network,
                "deploymentConfiguration": breaker,
            }
            | more
        )

    def update(self, name: str = "web", **more: Any) -> None:
        """Update a service."""
        self.ecs.update_service(cluster=self.cluster, service=name, **more)

    def service(self, name: str = "web") -> Json:
        """Describe a service."""
        found: Json = self.ecs.describe_services(cluster=self.cluster, services=[name])["services"][
            0
        ]
        return found

    def rollout(self, state: str, name: str = "web", definition: str | None = None) -> Json:
        """Wait until the newest deployment, of a task definition if given, is in a state; return the service."""

        def look() -> Json | None:
            service = self.service(name)
            newest = service["deployments"][0]
            as_wanted = newest["rolloutState"] == state and definition in (
                None,
                newest["taskDefinition"],
            )
            return service if as_wanted else None

        return until(look, f"rollout {state} of {name}")

    def inactive(self, name: str = "web") -> Json:
        """Wait until a deleted service has ended its last task; return the service."""

        def look() -> Json | None:
            service = self.service(name)
            return service if service["status"] == "INACTIVE" else None

        return until(look, f"the end of {name}")

    def tasks(self, name: str = "web", **filters: Any) -> list[str]:
        """List the tasks of a service."""
        listed: list[str] = self.ecs.list_tasks(cluster=self.cluster, serviceName=name, **filters)[
            "taskArns"
        ]
        return listed


LOGS = {
    "logDriver": "awslogs",
    "options": {"awslogs-group": "/t", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "s"},
}
PORT = [{"containerPort": 8000, "name": "http"}]
