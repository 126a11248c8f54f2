"""The Cloud Map services that Service Connect makes for the endpoints of an ECS service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import TaskDefinition
from moto.servicediscovery.models import ServiceDiscoveryBackend, servicediscovery_backends

Json = dict[str, Any]


class Discovery:
    """Endpoints of the services of one region.

    They are made, found and removed as on AWS. Names are not resolved on this machine: no task reaches
    another one by `http://ledger:8000`.
    """

    def __init__(self, account_id: str, region: str) -> None:
        self._account_id, self._region = account_id, region

    def connect(
        self, service_arn: str, configuration: Json, definition: TaskDefinition
    ) -> list[Json]:
        """Make the endpoints that a configuration names, and return what a deployment shows of them."""
        if not configuration.get("enabled"):
            return []
        namespace = self._namespace(configuration.get("namespace", ""))
        containers: list[Json] = definition.container_definitions
        names = {
            mapping.get("name")
            for container in containers
            for mapping in container.get("portMappings", [])
        }
        made = []
        for each in configuration.get("services", []):
            if each["portName"] not in names:
                raise InvalidParameterException(
                    f"The port name {each['portName']} of the Service Connect configuration is in no port mapping"
                    f" of {definition.family}:{definition.revision}."
                )
            name = each.get("discoveryName", each["portName"])
            made.append(
                {
                    "discoveryName": name,
                    "discoveryArn": self._endpoint(namespace, name, service_arn),
                }
            )
        return made

    def disconnect(self, service_arn: str) -> None:
        """Remove the endpoints of a service."""
        for each in list(self._backend.list_services()):
            if each.creator_request_id == service_arn:
                self._backend.delete_service(each.id)

    @property
    def _backend(self) -> ServiceDiscoveryBackend:
        return servicediscovery_backends[self._account_id][self._region]

    def _namespace(self, reference: str) -> str:
        found: Iterator[str] = (
            each.id
            for each in self._backend.list_namespaces()
            if reference in (each.arn, each.name, each.id)
        )
        if namespace := next(found, None):
            return namespace
        raise InvalidParameterException(
            f"The namespace {reference} of Service Connect does not exist."
        )

    def _endpoint(self, namespace: str, name: str, owner: str) -> str:
        for each in self._backend.list_services():
            if (each.namespace_id, each.name) == (namespace, name):
                if each.creator_request_id != owner:
                    raise InvalidParameterException(
                        f"The discovery name {name} is already in use in the namespace by {each.creator_request_id}."
                    )
                return str(each.arn)
        made = self._backend.create_service(
            name=name,
            namespace_id=namespace,
            creator_request_id=owner,
            description="",
            dns_config={},
            health_check_config={},
            health_check_custom_config={},
            tags=[],
            service_type="HTTP",
        )
        return str(made.arn)
