"""Controls on ECS clusters: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from typing import Final

from tests.controls.tasks import A_YEAR, LOG_GROUP
from tests.engine.recording import Recording

CLUSTER: Final = "aws:ecs/cluster:Cluster"
PROVIDERS: Final = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"
NAMESPACE: Final = "aws:servicediscovery/httpNamespace:HttpNamespace"


def clusters_are_watched(recording: Recording) -> list[str]:
    """ECS.12."""
    good = ({"name": "containerInsights", "value": each} for each in ("enabled", "enhanced"))
    wanted = list(good)
    return [
        f"{cluster.name}: Container Insights is off"
        for cluster in recording.all(CLUSTER)
        if not any(each in wanted for each in cluster.inputs.get("settings", []))
    ]


def exec_sessions_are_encrypted_and_kept(recording: Recording) -> list[str]:
    """What a person types in a task is evidence: encrypted on its way, and logged for a year."""
    groups = {each.inputs["name"]: each.inputs for each in recording.all(LOG_GROUP)}
    findings = []
    for cluster in recording.all(CLUSTER):
        session = cluster.inputs.get("configuration", {}).get("executeCommandConfiguration", {})
        log = session.get("logConfiguration", {})
        group = groups.get(log.get("cloudWatchLogGroupName"), {})
        if not session.get("kmsKeyId"):
            findings.append(f"{cluster.name}: sessions are not encrypted with a key of ours")
        if session.get("logging") != "OVERRIDE" or not log.get("cloudWatchEncryptionEnabled"):
            findings.append(f"{cluster.name}: sessions are not logged, or not encrypted there")
        if not group.get("kmsKeyId") or group.get("retentionInDays", 0) < A_YEAR:
            findings.append(f"{cluster.name}: the log of sessions is not kept, or not encrypted")
    return findings


def clusters_run_fargate_alone(recording: Recording) -> list[str]:
    """Nobody patches hosts here; both kinds are there before a service names one."""
    offered = {
        each.inputs["clusterName"]: each.inputs.get("capacityProviders", [])
        for each in recording.all(PROVIDERS)
    }
    return [
        f"{cluster.name}: offers {offered.get(cluster.inputs['name'])}"
        for cluster in recording.all(CLUSTER)
        if offered.get(cluster.inputs["name"]) != ["FARGATE", "FARGATE_SPOT"]
    ]


def clusters_have_a_namespace(recording: Recording) -> list[str]:
    """Services that are made by hand find the others too."""
    made = {urn.urn for urn in recording.all(NAMESPACE)}
    return [
        f"{cluster.name}: no namespace for Service Connect"
        for cluster in recording.all(CLUSTER)
        if not made & set(cluster.property_dependencies.get("serviceConnectDefaults", ()))
    ]
