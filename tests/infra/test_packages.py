"""The private packages in the whole program: where they are, and that one stack alone has them."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from tests.engine.platform import platform, run_program, stack_values
from tests.engine.recording import Recording
from tests.engine.registration import Registration

GATE = "packages-groups"


def packages(recording: Recording) -> list[Registration]:
    """All that belongs to the packages, their key included."""
    return [
        each
        for each in recording.registrations.values()
        if each.custom and each.name.startswith("packages-")
    ]


def production(**changes: Any) -> Recording:
    values = stack_values("prod")
    values["packages"] = {**values["packages"], **changes}
    return run_program(values, stack="prod")


def test_production_has_them_and_staging_has_nothing_of_them() -> None:
    assert len(packages(platform("prod"))) > 5
    assert packages(platform("staging")) == []
    assert platform("prod").exports["package_index"] == (
        "https://turnstay-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/internal/simple/"
    )
    assert "package_index" not in platform("staging").exports


def test_a_second_stack_that_claims_them_registers_nothing() -> None:
    values = stack_values("staging")
    values["packages"] = stack_values("prod")["packages"]
    with pytest.raises(pulumi.RunError, match=r"packages\.manage: true, and stack prod manages"):
        run_program(values)


def test_elsewhere_the_key_and_the_domain_and_the_hook_are_all_there() -> None:
    recording = production(region="eu-central-1")
    there = recording.one("pulumi:providers:aws", "aws-packages")
    assert there.inputs["region"] == "eu-central-1"
    assert (
        there.inputs["allowedAccountIds"]
        == recording.one("pulumi:providers:aws", "aws").inputs["allowedAccountIds"]
    )
    mine = [each for each in packages(recording) if each.type.startswith("aws:")]
    assert {each.provider.rpartition("::")[0] for each in mine} == {there.urn}
    policy = recording.one(
        "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
        "packages-internal-policy",
    )
    assert ":codeartifact:eu-central-1:" in policy.inputs["policyDocument"]


def test_in_its_own_region_there_is_one_provider() -> None:
    assert platform("prod").names("pulumi:providers:aws") == {"aws"}
