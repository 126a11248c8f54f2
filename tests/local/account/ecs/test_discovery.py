"""Endpoints of Service Connect."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import PORT, SERVE, Json, Workbench


@pytest.fixture
def namespace(bench: Workbench) -> str:
    """The ARN of an HTTP namespace."""
    client = bench.client("servicediscovery")
    client.create_http_namespace(Name=bench.cluster)
    found = client.list_namespaces()["Namespaces"]
    return str(next(each["Arn"] for each in found if each["Name"] == bench.cluster))


def connected(namespace: str, **service: str) -> Json:
    services = [
        {"portName": "http", "clientAliases": [{"port": 8000, "dnsName": "web"}], **service}
    ]
    return {
        "serviceConnectConfiguration": {
            "enabled": True,
            "namespace": namespace,
            "services": services,
        }
    }


def endpoints(bench: Workbench) -> list[str]:
    found = bench.client("servicediscovery").list_services()["Services"]
    return [each["Arn"] for each in found]


def test_a_service_has_an_endpoint_from_its_beginning_to_its_end(
    bench: Workbench, namespace: str
) -> None:
    asked = connected(namespace, discoveryName="web")
    bench.create(bench.define({"command": SERVE, "portMappings": PORT}), count=1, **asked)
    deployment = bench.rollout("COMPLETED")["deployments"][0]
    assert deployment["serviceConnectConfiguration"] == asked["serviceConnectConfiguration"]
    (resource,) = deployment["serviceConnectResources"]
    assert resource["discoveryName"] == "web"
    assert resource["discoveryArn"] in endpoints(bench)
    bench.update(forceNewDeployment=True)
    again = bench.rollout("COMPLETED")["deployments"][0]
    assert again["serviceConnectResources"] == [resource]
    bench.ecs.delete_service(cluster=bench.cluster, service="web", force=True)
    assert resource["discoveryArn"] not in endpoints(bench)


def test_a_caller_without_endpoint_needs_only_the_namespace(
    bench: Workbench, namespace: str
) -> None:
    client_only: Json = {"serviceConnectConfiguration": {"enabled": True, "namespace": namespace}}
    bench.create(bench.define({"command": SERVE, "portMappings": PORT}), count=1, **client_only)
    assert bench.service()["deployments"][0]["serviceConnectResources"] == []


def test_an_endpoint_needs_a_port_of_its_name_and_a_namespace(
    bench: Workbench, namespace: str
) -> None:
    definition = bench.define({"command": SERVE, "portMappings": PORT})
    with pytest.raises(ClientError, match="port name grpc of the Service Connect configuration"):
        bench.create(definition, **connected(namespace, portName="grpc"))
    with pytest.raises(ClientError, match="namespace nowhere of Service Connect does not exist"):
        bench.create(definition, **connected("nowhere"))
    assert bench.ecs.list_services(cluster=bench.cluster)["serviceArns"] == []


def test_an_update_that_is_refused_changes_nothing(bench: Workbench, namespace: str) -> None:
    definition = bench.define({"command": SERVE, "portMappings": PORT})
    bench.create(definition, count=0, **connected(namespace))
    before = bench.rollout("COMPLETED")
    with pytest.raises(ClientError, match="port name grpc"):
        bench.update(desiredCount=1, **connected(namespace, portName="grpc"))
    assert bench.service() == before


def test_a_name_in_a_namespace_has_one_owner(bench: Workbench, namespace: str) -> None:
    definition = bench.define({"command": SERVE, "portMappings": PORT})
    bench.create(definition, name="web", count=0, **connected(namespace, discoveryName="web"))
    with pytest.raises(ClientError, match="discovery name web is already in use"):
        bench.create(definition, name="other", count=0, **connected(namespace, discoveryName="web"))
