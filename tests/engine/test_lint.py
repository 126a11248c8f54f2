"""The lint finds what the SDK lets through."""

from __future__ import annotations

from typing import Any, cast

import pulumi_aws as aws
import pytest

from tests.engine.lint import unknown_properties
from tests.engine.recording import record

RULE: dict[str, Any] = {"protocol": "tcp", "from_port": 443, "to_port": 443}


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (RULE, []),
        (
            {"protocol": "tcp", "frm_port": 443, "to_port": 443},
            ["group.ingress.frm_port: not a property of SecurityGroupIngressArgs"],
        ),
    ],
    ids=["right", "misspelt"],
)
def test_a_misspelt_nested_property_is_found(rule: dict[str, Any], found: list[str]) -> None:
    def program() -> None:
        aws.ec2.SecurityGroup("group", description="d", ingress=[cast("Any", rule)])

    group = record(program).one("aws:ec2/securityGroup:SecurityGroup", "group")
    assert unknown_properties(group) == found
