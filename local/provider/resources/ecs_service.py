"""ECS services. Registering one starts a rollout, and does not say how it ends."""

# ruff: noqa: D102 - Handler documents the methods

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources import ecs_service_shape as shape
from local.provider.sameness import is_empty, same
from local.provider.tags import pairs
from local.provider.values import Props

STABLE_SECONDS: Final = 20 * 60.0
DRAINED_SECONDS: Final = 20 * 60.0
STRATEGIES: Final = "capacityProviderStrategies"


class Service(Handler):
    """aws.ecs.Service of Fargate tasks, rolled out by ECS.

    Another task definition is an update. After a rollback by ECS a read answers the revision that serves, which is drift.
    """

    type = "aws:ecs/service:Service"
    unread = words("forceDelete forceNewDeployment triggers waitForSteadyState")
    inputs = (
        unread
        | {*shape.ALIKE, *shape.DEPLOYMENT, *shape.NESTED, *shape.AT_CREATION}
        | words("cluster name tags")
    )
    replace = words("cluster name") | {*shape.AT_CREATION}
    computed = ("arn", "launchType", "platformVersion", "propagateTags")
    filled = words(
        "alarms capacityProviderStrategies deploymentCircuitBreaker loadBalancers"
        " networkConfiguration serviceConnectConfiguration"
    )
    autoname = Autoname()
    tagging = "ecs"

    def replacing(self, changed: frozenset[str], old: Props, new: Props) -> frozenset[str]:
        """Other capacity providers need a new service, unless the program asks for a new deployment of this one."""
        replacing = super().replacing(changed, old, new)
        if STRATEGIES in changed:
            begins_or_ends = is_empty(old.get(STRATEGIES)) != is_empty(new.get(STRATEGIES))
            if begins_or_ends or not new.get("forceNewDeployment"):
                replacing |= {STRATEGIES}
        return replacing

    def create(self, aws: Aws, new: Props) -> str:
        first = {name: new[name] for name in shape.AT_CREATION if new.get(name)}
        tags = {"tags": pairs(new["tagsAll"], "key", "value")} if new["tagsAll"] else {}
        given = frozenset(name for name in self.inputs if not is_empty(new.get(name)))
        answer = aws("ecs").create_service(
            cluster=new["cluster"],
            serviceName=new["name"],
            **shape.to_aws({"desiredCount": 0, **new}, given | {"desiredCount"}),
            **first,
            **tags,
        )
        identity = str(answer["service"]["serviceArn"])
        with existing(identity):
            self._settle(aws, identity, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = _describe(aws, state["cluster"], identity)
        if found is None or found["status"] in {"DRAINING", "INACTIVE"}:
            return None
        service = shape.from_aws(found)
        return {
            **service,
            "arn": identity,
            "name": found["serviceName"],
            "cluster": _as_given(state.get("cluster"), found["clusterArn"]),
            "taskDefinition": _as_given(state.get("taskDefinition"), service["taskDefinition"]),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        changed = frozenset(
            name
            for name in self.inputs - self.unread
            if (name in new or name in shape.REMOVABLE) and not same(old.get(name), new.get(name))
        )
        force = {"forceNewDeployment": True} if new.get("forceNewDeployment") else {}
        aws("ecs").update_service(
            cluster=new["cluster"], service=identity, **shape.to_aws(new, changed), **force
        )
        self._settle(aws, identity, new)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        ecs, cluster = aws("ecs"), state["cluster"]
        found = _describe(aws, cluster, identity)
        if found is None or found["status"] == "INACTIVE":
            return
        if found["status"] == "ACTIVE":
            ecs.update_service(cluster=cluster, service=identity, desiredCount=0)
        force = state.get("forceDelete", False)
        ecs.delete_service(cluster=cluster, service=identity, force=force)
        aws.wait(
            f"service {found['serviceName']} without tasks",
            lambda: (_describe(aws, cluster, identity) or {}).get("status") in {None, "INACTIVE"},
            seconds=DRAINED_SECONDS,
        )

    @staticmethod
    def _settle(aws: Aws, identity: str, new: Props) -> None:
        """Wait as the real provider does when asked to: for one deployment with all its tasks, whichever that is."""
        if not new.get("waitForSteadyState"):
            return

        def steady() -> bool:
            found = _describe(aws, new["cluster"], identity) or {}
            deployments = found.get("deployments", [])
            return len(deployments) == 1 and found["runningCount"] == found["desiredCount"]

        aws.wait(f"service {new['name']} steady", steady, seconds=STABLE_SECONDS)


def _describe(aws: Aws, cluster: str, identity: str) -> Props | None:
    found = aws("ecs").describe_services(cluster=cluster, services=[identity])["services"]
    return dict(found[0]) if found else None


def _as_given(given: str | None, arn: str) -> str:
    """Name a cluster or a revision as the program does: by its ARN, or by the last part of it."""
    return given if given and arn.endswith(f"/{given}") else arn


HANDLERS: Final = (Service(),)
