"""What changes add to a month."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.preview_report.changes import changes_of
from scripts.preview_report.cost.delta import cost_delta
from scripts.preview_report.preview import read_preview
from stacks.files import check_stack_file
from tests.scripts.preview_report.bypasses import DATABASE
from tests.scripts.preview_report.steps import Inputs, preview, step

ROOT = Path(__file__).parents[3]
COSTS: list[tuple[Inputs, dict[str, float]]] = [
    (step("create", "aws:ec2/natGateway:NatGateway", "nat", None, {}), {"platform": 0.048 * 730}),
    (step("delete", "aws:secretsmanager/secret:Secret", "ledger-x", {}), {"ledger": -0.40}),
    (step("update", DATABASE, "db", {"instanceClass": "db.t4g.small", "allocatedStorage": 20, "multiAz": False},
          {"instanceClass": "db.t4g.small", "allocatedStorage": 20, "multiAz": True}), {"platform": 0.035 * 730 + 20 * 0.127}),
    (step("update", "aws:appautoscaling/target:Target", "ledger-target", {"minCapacity": 1}, {"minCapacity": 3}),
     {"ledger": 2 * 730 * (0.5 * 0.04048 + 1 * 0.004445)}),
    (step("replace", "aws:ecs/taskDefinition:TaskDefinition", "recon-task", {"cpu": "512", "memory": "1024"}, {"cpu": "1024", "memory": "2048"}),
     {"recon": 730 * (0.5 * 0.04048 + 1 * 0.004445)}),
    (step("replace", "aws:kms/key:Key", "k", {}, {}), {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    COSTS,
    ids=lambda each: each.get("urn", "") if isinstance(each, dict) else "",
)
def test_what_a_change_adds_to_a_month(change: Any, expected: dict[str, float]) -> None:
    settings = check_stack_file(ROOT / "Pulumi.staging.yaml", "staging")
    found = cost_delta(changes_of(read_preview(preview(change)).steps), settings)
    assert found.usd == pytest.approx(expected)
    assert found.unpriced == ()


def test_what_has_no_price_is_named() -> None:
    settings = check_stack_file(ROOT / "Pulumi.staging.yaml", "staging")
    change = step(
        "create", DATABASE, "db", None, {"instanceClass": "db.m7g.large", "allocatedStorage": 20}
    )
    found = cost_delta(changes_of(read_preview(preview(change)).steps), settings)
    assert found.unpriced == ("aws:rds/instance:Instance::db",)
