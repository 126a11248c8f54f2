"""The bill that is told before a deployment is the one that the deployed alarms make."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.alarm_tables import monthly_bill_usd
from scripts.alarm_bill import MOST_USD, main
from stacks.catalogue import CATALOGUE
from tests.controls.alarms import COMPOSITE, FILTER, METRIC, metrics_of
from tests.engine.platform import STACKS, platform, settings_of


@pytest.mark.parametrize("stack", STACKS)
def test_the_bill_is_that_of_the_recorded_alarms(stack: str) -> None:
    recording = platform(stack)
    cents = sum(10 * len(metrics_of(each)) for each in recording.all(METRIC))
    cents += 50 * len(recording.all(COMPOSITE)) + 30 * len(recording.all(FILTER))
    bill = monthly_bill_usd(settings_of(stack), CATALOGUE)
    assert round(100 * sum(bill.values())) == cents <= 100 * MOST_USD


def test_the_command_tells_it_and_fails_above_the_limit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--stack", "prod"]) == 0
    *parts, total = capsys.readouterr().out.splitlines()
    usd = [float(line.split()[-4]) for line in parts]
    assert total.startswith("alarms of prod")
    assert float(total.split()[3]) == pytest.approx(sum(usd))
    assert main(["--stack", "prod", "--most-usd", "1"]) == 1


def test_a_wrong_stack_file_is_told_as_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--stack", "prdo"], root=tmp_path) == 2
    assert "Pulumi.prdo.yaml" in capsys.readouterr().err
