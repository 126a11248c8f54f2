"""Who manages the private packages, and every mistake in saying so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from components.packages.origin_controls import private_package_problems
from components.packages.package_policies import role_problems
from stacks.codeartifact_regions import REGIONS
from stacks.errors import SettingsError
from stacks.settings import StackSettings
from tests.stacks.example import EXAMPLE, check, edited

PUBLISHERS = {"turnstay-common": ["publish-common"]}
RIGHT: dict[str, Any] = {"manage": True, "readers": ["install"], "publishers": PUBLISHERS}
OFFERED = (
    'it is offered in "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1",'
    ' "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3", "us-east-1", "us-east-2", "us-west-2"'
)
IDLE = (
    "is used by nothing: this stack does not manage the packages; remove it, or write manage: true"
)
NO_NAME = "is no private package: turnstay-… in lower case, single hyphens between words"


def text(packages: object, of: str = EXAMPLE) -> str:
    return edited(
        "  turnstay:protect:",
        f"  turnstay:packages: {json.dumps(packages)}\n  turnstay:protect:",
        of,
    )


def settings(folder: Path, packages: object) -> StackSettings:
    return check(folder, text(packages))


def mistakes(folder: Path, packages: object, of: str = EXAMPLE) -> list[str]:
    with pytest.raises(SettingsError) as error:
        check(folder, text(packages, of))
    return [each.partition(": ")[2] for each in error.value.problems]


def test_the_regions_are_those_of_the_sdk() -> None:
    assert set(REGIONS) == set(boto3.Session().get_available_regions("codeartifact"))


def test_a_stack_that_says_nothing_manages_nothing(tmp_path: Path) -> None:
    packages = check(tmp_path, EXAMPLE).packages
    assert not packages.manage
    assert packages == settings(tmp_path, {"manage": False}).packages


def test_what_the_file_says_is_what_the_program_gets(tmp_path: Path) -> None:
    packages = settings(tmp_path, {**RIGHT, "region": "eu-central-1"}).packages
    assert packages.manage
    assert packages.region == "eu-central-1"
    assert packages.readers == ("install",)
    assert packages.publishers == {"turnstay-common": ("publish-common",)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"readers": []}, ["packages.readers: is missing: without a role that installs them packages are of no use"]),
        ({"publishers": {}}, ["packages.publishers: is missing: name each private package, with the roles that publish it"]),
        ({"publishers": {"turnstay-common": []}},
         ["packages.publishers.turnstay-common: is empty; name a role that publishes it, or remove the key"]),
        ({"publishers": {"common": ["a"]}}, [f"packages.publishers.common: {NO_NAME}"]),
        ({"publishers": {"turnstay_common": ["a"]}}, [f"packages.publishers.turnstay_common: {NO_NAME}"]),
        ({"publishers": {"turnstay-Common": ["a"]}}, [f"packages.publishers.turnstay-Common: {NO_NAME}"]),
        ({"readers": ["*"]},
         ['packages.readers[0]: "*" is no role of the account by its path and whole name, such as deploy/turnstay']),
        ({"region": "af-south-1"}, [f'packages.region: "af-south-1" has no CodeArtifact; {OFFERED}']),
        ({"manage": "yes"}, ['packages.manage: "yes" is not true or false']),
        ({"reader": ["a"]}, ["packages.reader: is no known key; known are manage, region, readers, publishers"]),
        ({"region": "af-south-1", "readers": [], "publishers": {"x": ["a"], "turnstay-y": []}},
         [f'packages.region: "af-south-1" has no CodeArtifact; {OFFERED}',
          "packages.readers: is missing: without a role that installs them packages are of no use",
          f"packages.publishers.x: {NO_NAME}",
          "packages.publishers.turnstay-y: is empty; name a role that publishes it, or remove the key"]),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_way_out(
    tmp_path: Path, change: dict[str, Any], expected: list[str]
) -> None:
    assert sorted(mistakes(tmp_path, {**RIGHT, **change})) == sorted(expected)


@pytest.mark.parametrize("key", ["region", "readers", "publishers"])
def test_who_does_not_manage_them_decides_nothing_about_them(tmp_path: Path, key: str) -> None:
    value = {"region": "eu-west-1", **RIGHT}[key]
    assert mistakes(tmp_path, {"manage": False, key: value}) == [f"packages.{key}: {IDLE}"]


def test_in_a_region_without_codeartifact_another_one_is_named(tmp_path: Path) -> None:
    africa = edited("    region: eu-west-1", "    region: af-south-1")
    africa = edited("[eu-west-1a, eu-west-1b]", "[af-south-1a, af-south-1b]", africa)
    africa = edited("dkr.ecr.eu-west-1", "dkr.ecr.af-south-1", africa)
    assert mistakes(tmp_path, RIGHT, africa) == [
        f"packages.region: is missing: account.region af-south-1 has no CodeArtifact; {OFFERED}"
    ]
    elsewhere = text({**RIGHT, "region": "eu-west-1"}, africa)
    assert check(tmp_path, elsewhere).packages.region == "eu-west-1"


@pytest.mark.parametrize(
    "name", ["turnstay-common", "turnstay-a1-b2", "turnstay", "common", "turnstay--x"]
)
def test_settings_and_the_component_take_the_same_names(tmp_path: Path, name: str) -> None:
    refused = private_package_problems([name]) != []
    try:
        settings(tmp_path, {**RIGHT, "publishers": {name: ["a"]}})
    except SettingsError:
        assert refused
    else:
        assert not refused


@pytest.mark.parametrize(
    "role",
    ["install", "deploy/turnstay", "aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Dev_*"],
)
def test_a_role_of_the_settings_is_one_that_the_component_takes(tmp_path: Path, role: str) -> None:
    arn = f"arn:aws:iam::111122223333:role/{role}"
    assert settings(tmp_path, {**RIGHT, "readers": [role]}).packages.readers == (role,)
    assert role_problems([arn], {"turnstay-common": [arn]}) == []
