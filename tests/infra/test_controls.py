"""Every control of the house over both stacks: no findings but those that are waived, each with its reason."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Final, NamedTuple

import pytest

import tests.controls
from tests.controls.mutation import Control, controls_of
from tests.controls.vpc_endpoints import interface_endpoints
from tests.engine.platform import STACKS, platform, run_program, stack_values
from tests.engine.recording import Recording
from tests.engine.registration import Registration


class Waiver(NamedTuple):
    """A finding that is accepted on one stack."""

    stack: str
    control: str
    finding: str
    """the whole of it; * stands for a name"""
    reason: str


# Settings.protect, deletion_protection, multi_az and vault_retention_days are off there.
TAKEN_DOWN: Final = "staging may be taken down and built anew; it holds no data of a customer"
WAIVERS: Final = [
    Waiver("staging", control, finding, TAKEN_DOWN)
    for control, finding in (
        ("buckets_are_protected", "access-logs-bucket: protect is False, forceDestroy True"),
        ("databases_are_in_a_backup_plan", "*-database-instance: in no backup plan"),
        ("databases_are_protected", "*-database-instance: *"),
        ("databases_outlive_a_zone", "*-database-instance: no standby"),
        ("keys_are_protected", "*-key: not protected"),
        ("load_balancers_cannot_be_deleted_by_mistake", "public-lb: * deletes it when asked"),
        ("repositories_are_protected", "*-images-repository: protect is False, forceDelete True"),
        ("secrets_are_protected", "*-secret: not protected"),
        ("what_holds_addresses_is_protected", "network-vpc* (*): protect is False"),
    )
]


@dataclass
class Watched(Recording):
    """A recording that counts the resources a control looked at."""

    seen: int = 0

    def all(self, kind: str) -> list[Registration]:
        found = super().all(kind)
        self.seen += len(found)
        return found


def discovered() -> dict[str, Control]:
    """The controls of all modules of tests/controls, by name."""
    found: dict[str, Control] = {}
    for module in pkgutil.iter_modules(tests.controls.__path__):
        if module.name.startswith("test_"):
            continue
        imported = importlib.import_module(f"tests.controls.{module.name}")
        for name in sorted(controls_of(imported)):  # workers of one run agree on the order
            assert name not in found, f"two controls are called {name}"
            found[name] = getattr(imported, name)
    return found


CONTROLS: Final = discovered()
ENDPOINTS: Final = [
    "ecr.api",
    "ecr.dkr",
    "kms",
    "logs",
    "secretsmanager",
    "ssm",
    "ssmmessages",
    "sts",
]


@cache
def with_endpoints() -> Recording:
    """Production with the one kind of resource that neither stack pays for (EC2.55 to EC2.57)."""
    values = stack_values("prod")
    values["network"]["interface_endpoints"] = ENDPOINTS
    return run_program(values, stack="prod")


def is_waived(stack: str, control: str, finding: str) -> bool:
    return any(
        (each.stack, each.control) == (stack, control) and fnmatchcase(finding, each.finding)
        for each in WAIVERS
    )


@pytest.mark.parametrize("name", CONTROLS)
@pytest.mark.parametrize("stack", STACKS)
def test_a_control_finds_nothing_but_what_is_waived(stack: str, name: str) -> None:
    for images in (True, False):
        findings = CONTROLS[name](platform(stack, images=images))
        assert [each for each in findings if not is_waived(stack, name, each)] == []


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_finds_nothing_when_every_endpoint_is_bought(name: str) -> None:
    assert CONTROLS[name](with_endpoints()) == []


def test_every_endpoint_that_a_setting_asks_for_is_there() -> None:
    assert interface_endpoints(*ENDPOINTS)(with_endpoints()) == []
    assert len(interface_endpoints(*ENDPOINTS)(platform("prod"))) == len(ENDPOINTS)


@pytest.mark.parametrize("name", CONTROLS)
def test_a_control_looks_at_something(name: str) -> None:
    watched = [Watched(platform(stack).registrations) for stack in STACKS]
    found = [finding for each in watched for finding in CONTROLS[name](each)]
    assert found or any(
        each.seen for each in watched
    ), f"{name} is silent because no stack has a resource that it could find fault with"


@pytest.mark.parametrize("waiver", WAIVERS, ids=lambda each: f"{each.stack} {each.control}")
def test_a_waiver_ends_with_the_finding_that_it_is_for(waiver: Waiver) -> None:
    findings = CONTROLS[waiver.control](platform(waiver.stack))
    assert any(fnmatchcase(each, waiver.finding) for each in findings)
    assert waiver.reason


def test_a_control_that_looks_at_nothing_is_told_from_one_that_does() -> None:
    recording = platform("staging")
    keys = CONTROLS["keys_rotate"]
    looking, blind = Watched(recording.registrations), Watched({})
    assert keys(looking) == keys(blind) == []
    assert looking.seen > blind.seen == 0
