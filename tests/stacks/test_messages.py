"""A wrong stack file as its editor sees it: everything at once, in the order of the file, and no secret."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from stacks.catalogue import CATALOGUE
from stacks.errors import SettingsError
from stacks.files import check_stack_file, load_stack_values, stack_file, stack_names
from stacks.settings import StackSettings
from stacks.validation import examine
from stacks.wording import Unusable
from tests.stacks.example import DIGEST, EXAMPLE, REPOSITORIES, check, edited

TEN_MISTAKES = [
    ("environment: production", "environment: prod"),
    ('"111122223333"', '"11112222333"'),
    ("region: eu-west-1\n", "region: eu-west\n"),
    ("10.20.0.0/16", "10.20.0.0/24"),
    ("hosted_zone: example.com", "hosted_zone: example.org"),
    ("images_kept: 30", "images_keep: 30"),
    ("protect: true", "protect: yes"),
    ("cpu: 1024", 'cpu: "1024"'),
    ("workers: 2", "workers: 99"),
    ("payouts: {cpu: 512, memory_mib: 1024", "payouts: {cpu: 512, memory_mib: 512"),
]
TEN_LINES = """\
Pulumi.demo.yaml: 10 mistakes
  line 3: environment: "prod" is none of "staging", "production"; did you mean production?
  line 5: account.id: "11112222333" has 11 digits; an account id has 12, leading zeros included
  line 6: account.region: "eu-west" is not a region such as eu-west-1
  line 8: network.cidr: "10.20.0.0/24" has a size of /24; allowed are /16 (the most a VPC takes) to /20 \
(room for four tiers in four zones)
  line 15: edge.hosted_zone: "example.org" is neither edge.domain pay.example.com nor a parent of it
  line 26: compute.images_keep: is no known key; did you mean images_kept?
  line 27: protect: yes is text to Pulumi and a switch to others; write true or false, or put it in quotes
  line 33: services.ledger.cpu: "1024" is text; write the number without quotes
  line 37: services.ledger.workers: 99 is out of range; allowed are 1 to 16
  line 49: services.payouts.memory_mib: 512 does not go with cpu 512; allowed are 1024 to 4096 in steps of 1024\
"""


def test_ten_mistakes_are_ten_lines_of_one_message(tmp_path: Path) -> None:
    text = EXAMPLE
    for old, new in TEN_MISTAKES:
        text = edited(old, new, text)
    with pytest.raises(SettingsError) as error:
        check(tmp_path, text)
    assert str(error.value) == TEN_LINES
    assert error.value.problems == tuple(line[2:] for line in TEN_LINES.splitlines()[1:])


def test_an_empty_file_lacks_every_section(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        check(tmp_path, "")
    fields = StackSettings.model_fields.items()
    needed = [key for key, field in fields if field.is_required() and key != "stack"]
    expected = [f"{key}: is missing: " for key in needed]
    assert [each[: each.index(":") + 14] for each in error.value.problems] == expected


def test_a_missing_key_is_shown_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        check(tmp_path, edited("    cidr: 10.20.0.0/16\n", ""))
    # Line 7 is that of `network`.
    assert str(error.value).splitlines()[1].startswith("  line 7: network.cidr: is missing")


SECRETS = [
    "environment: {DB_PASSWORD: hunter2}",
    "environment: {DB_PASSWORD: 0755}",
    "environment: {DB_PASSWORD: 12:30}",
    "environment: {DB_PASSWORD: 123456789}",
    "environment: {BROKER: hunter2-12, ACCESS_KEY: 5}",
    "environment: {HARMLESS: 123456789}",
    "environment: {BROKER: 'amqp://ledger:hunter2@broker'}",
    "environment: {SECRET_KEY: hunter2}",
    "environment: {DB_PASSWORD: [hunter2]}",
    "environment: {DB_PASSWORD: {hunter2: hunter2}}",
    "environment: {DB_PASSWORD: {secure: hunter2}}",
    "environment: {secure: hunter2}",
    "environment: hunter2",
    "secure: hunter2",
    "database_password: hunter2",
    "database_password: 0755",
    "database_password: &hunter2 x",
    "database_password: *hunter2",
    "database_password: !hunter2 x",
    "database_password: @hunter2",
    "database_password: 'hunter2",
    "database_password: hunter2: hunter2",
    "image: {secure: hunter2}",
]


@pytest.mark.parametrize("line", SECRETS)
def test_no_message_holds_a_secret(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError) as error:
        check(tmp_path, edited("environment: {LOG_LEVEL: INFO}", line))
    for secret in ("hunter2", "0755", "12:30", "123456789"):
        assert secret not in str(error.value)
    # Nor does a traceback: pydantic's error, which holds the values, is not its cause.
    assert error.value.__cause__ is None


WRONG = [
    "word",
    "5",
    5,
    -1,
    10**30,
    1.5,
    True,
    None,
    [],
    ["word"],
    [None],
    {},
    {"key": "word"},
    Unusable.SECURE,
]


def _leaves(model: type[BaseModel], place: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, field in model.model_fields.items():
        kinds = [field.annotation, *get_args(field.annotation)]
        inner = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        found += [(*place, name)]
        for kind in inner:
            found += _leaves(kind, (*place, name, *(["ledger"] if name == "services" else [])))
    return [place for place in found if place != ("stack",)]


@pytest.mark.parametrize("place", _leaves(StackSettings), ids=".".join)
def test_every_message_is_in_our_own_words(tmp_path: Path, place: tuple[str, ...]) -> None:
    path = tmp_path / "Pulumi.demo.yaml"
    path.write_text(EXAMPLE)
    right = load_stack_values(path)
    for wrong in WRONG:
        values = copy.deepcopy(right)
        section: dict[str, Any] = values
        for key in place[:-1]:
            section = section.setdefault(key, {})
        section[place[-1]] = wrong
        _, problems = examine(values, stack="demo", catalogue=CATALOGUE)
        for problem in problems:
            for foreign in (
                "Input",
                "should",
                "pydantic",
                "None",
                "object",
                "is not possible here",
            ):
                assert foreign not in problem.text, problem


@pytest.mark.parametrize(
    ("stack", "message"),
    [
        ("prd", "stack 'prd' has no file Pulumi.prd.yaml; did you mean 'prod'?"),
        ("xyz", "stack 'xyz' has no file Pulumi.xyz.yaml; stacks here: prod, staging"),
    ],
)
def test_an_unknown_stack_is_told_with_the_one_that_was_meant(
    tmp_path: Path, stack: str, message: str
) -> None:
    for each in ("prod", "staging"):
        (tmp_path / f"Pulumi.{each}.yaml").touch()
    assert stack_names(tmp_path) == ("prod", "staging")
    with pytest.raises(SettingsError) as error:
        stack_file(tmp_path, stack)
    assert error.value.problems == (message,)
    with pytest.raises(SettingsError) as error:
        check_stack_file(tmp_path / f"Pulumi.{stack}.yaml", stack)
    assert error.value.problems == (message,)
    assert stack_file(tmp_path, "prod") == tmp_path / "Pulumi.prod.yaml"


def test_a_stack_name_that_aws_would_not_take_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        check(tmp_path, EXAMPLE.replace("state-demo", "state-Demo"), stack="Demo")
    assert error.value.problems == (
        'stack: "Demo" is no stack name: a lower-case letter, then at most 19 of a-z, 0-9, -',
    )


def test_a_file_that_cannot_be_read_is_told_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.demo.yaml"
    path.write_bytes(b"config: \xff")
    with pytest.raises(SettingsError) as error:
        check_stack_file(path, "demo")
    assert error.value.problems == ("is not UTF-8: byte 9 cannot be read",)
    folder = tmp_path / "Pulumi.folder.yaml"
    folder.mkdir()
    with pytest.raises(
        SettingsError, match=r"Pulumi\.folder.yaml: 1 mistake\n  cannot be read: Is a directory"
    ):
        load_stack_values(folder)


def test_values_are_loaded_with_a_mark_for_each_secret(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.demo.yaml"
    path.write_text(
        "config:\n  turnstay:a: [{b: {secure: AAAB}}, 1]\n  c: {secure: AAAB}\n  d: ~\n"
    )
    assert load_stack_values(path) == {
        "a": [{"b": Unusable.SECURE}, 1],
        "c": Unusable.SECURE,
        "d": None,
    }
    path.write_text("config:\n  turnstay:a: 0755\n")
    with pytest.raises(SettingsError, match="line 2: a: 0755 is a number that Pulumi rewrites"):
        load_stack_values(path)


@pytest.mark.parametrize(
    "image",
    [
        f"public.ecr.aws/docker/library/python:3.11-slim{DIGEST}",
        f"localhost:5000/ledger{DIGEST}",
        f"111122223333.dkr.ecr.eu-west-1.amazonaws.com/shared/sample{DIGEST}",
    ],
)
def test_an_image_may_come_from_a_registry_that_nobody_else_owns(
    tmp_path: Path, image: str
) -> None:
    text = edited(f"{REPOSITORIES}/ledger{DIGEST}", image)
    assert check(tmp_path, text).services["ledger"].image == image
