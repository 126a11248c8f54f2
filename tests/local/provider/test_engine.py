"""The real engine drives the stand-ins: a stack goes up, stays, drifts, is mended and goes."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pulumi import automation as auto

from local.engine.find import find_engine
from local.plugins import MODULES
from tests.local.provider.engine_program import PASSWORD_LENGTH, program

pytestmark = pytest.mark.engine
ROOT = Path(__file__).parents[3]


@pytest.fixture
def stack(tmp_path: Path, endpoint: str) -> auto.Stack:
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    for name, module in MODULES.items():
        plugin = plugins / f"pulumi-resource-{name}"
        plugin.write_text(
            f"#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} "
            f"exec {shlex.quote(sys.executable)} -m local.provider.start {module}\n"
        )
        plugin.chmod(0o755)
    paths = "\n".join(f"    - {{name: {name}, path: {plugins}}}" for name in MODULES)
    (tmp_path / "Pulumi.yaml").write_text(
        f"name: providers\nruntime: python\nplugins:\n  providers:\n{paths}\n"
    )
    (tmp_path / "cli" / "bin").mkdir(parents=True)
    (tmp_path / "cli" / "bin" / "pulumi").symlink_to(find_engine().path)
    return auto.create_or_select_stack(
        "test",
        project_name="providers",
        program=program,
        opts=auto.LocalWorkspaceOptions(
            work_dir=str(tmp_path),
            pulumi_command=auto.PulumiCommand(root=str(tmp_path / "cli")),
            env_vars={
                "AWS_ENDPOINT_URL": endpoint,
                "PULUMI_BACKEND_URL": f"file://{tmp_path}",
                "PULUMI_CONFIG_PASSPHRASE": "local",
                "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
                "PULUMI_HOME": str(tmp_path / "home"),
                "PULUMI_SKIP_UPDATE_CHECK": "true",
            },
        ),
    )


def changes(result: Any) -> dict[str, int]:
    """What an operation did; resources that stayed the same are nothing."""
    found = dict(result.summary.resource_changes)
    found.pop("same", None)
    return found


def test_a_stack_goes_up_stays_drifts_and_goes(
    stack: auto.Stack, aws: Callable[[str], Any]
) -> None:
    ec2 = aws("ec2")
    planned = {str(kind): count for kind, count in stack.preview().change_summary.items()}
    up = stack.up()
    assert changes(up) == planned
    outputs = {name: output.value for name, output in up.outputs.items()}
    of_vpc = [{"Name": "vpc-id", "Values": [outputs["vpc"]]}]
    subnets = ec2.describe_subnets(Filters=of_vpc)["Subnets"]
    tags = [{each["Key"]: each["Value"] for each in subnet["Tags"]} for subnet in subnets]
    assert {each["Name"] for each in tags} >= {"network-public-1", "network-data-2"}
    assert {each["project"] for each in tags} == {"turnstay"}
    # The program's transform has reached the children of the component.
    assert {subnet["MapPublicIpOnLaunch"] for subnet in subnets} == {False}
    # Resources that the component gives back are resources to the program.
    assert [each["Name"] for each in outputs["zones"]] == ["network-data-1", "network-data-2"]
    assert len(outputs["isolated"]) == 2
    assert len(set(outputs["tables"])) == 6

    assert changes(stack.up()) == {}

    # The engine's state has the value that the secret has, and nobody reads it there.
    value = aws("secretsmanager").get_secret_value(SecretId=outputs["secret"])["SecretString"]
    password = json.loads(value)["password"]
    assert len(password) == PASSWORD_LENGTH
    states = [*Path(stack.workspace.work_dir, ".pulumi").rglob("*.json")]
    assert any("randomPassword" in each.read_text() for each in states)
    assert not any(password in each.read_text() for each in states)
    assert password not in up.stdout

    aws("logs").put_retention_policy(logGroupName=outputs["log"], retentionInDays=1)
    aws("iam").delete_role(RoleName=outputs["role"])
    # Everything else has not changed by being looked at.
    assert changes(stack.refresh()) == {"update": 1, "delete": 1}
    assert changes(stack.up()) == {"update": 1, "create": 1}

    destroyed = changes(stack.destroy())
    assert destroyed == {"delete": planned["create"]}
    assert ec2.describe_vpcs(Filters=of_vpc)["Vpcs"] == []
