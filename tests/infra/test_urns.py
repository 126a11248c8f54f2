"""Nothing that holds data is deleted because something was renamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pulumi
import pulumi_aws as aws
import pytest

from tests.engine.platform import STACKS, platform, settings_of
from tests.engine.recording import Recording, record
from tests.infra import snapshot
from tests.infra.stateful import PROTECTED, STATEFUL, stateful

KEY = "aws:kms/key:Key"


@pytest.mark.parametrize("stack", STACKS)
def test_every_stateful_resource_is_found_under_the_urn_that_a_deployed_stack_has(
    stack: str,
) -> None:
    assert snapshot.problems(platform(stack), snapshot.kept(stack)) == []


def test_the_file_is_sorted_and_holds_nothing_else() -> None:
    lines = snapshot.FILE.read_text("utf-8").splitlines()
    assert lines == sorted({urn for stack in STACKS for urn in snapshot.kept(stack)})


@pytest.mark.parametrize("stack", STACKS)
def test_protection_is_what_the_settings_say(stack: str) -> None:
    wanted = settings_of(stack).protect
    recording = platform(stack)
    wrong = [
        f"{each.type} {each.name}: protect is {each.protect}"
        for each in recording.registrations.values()
        if each.type in PROTECTED and each.protect is not wanted
    ]
    assert wrong == []


def test_every_stateful_type_is_in_use() -> None:
    used = {each.type for stack in STACKS for each in platform(stack).registrations.values()}
    assert used >= STATEFUL


class Vault(pulumi.ComponentResource):
    """A component with a stateful child."""

    def __init__(self, name: str, aliases: list[pulumi.Alias | str], *, key: str = "key") -> None:
        opts = pulumi.ResourceOptions(aliases=list(aliases))
        super().__init__("turnstay:keys:Vault", name, {}, opts)
        aws.kms.Key(f"{name}-{key}", opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


def _vault(name: str, *aliases: pulumi.Alias | str, key: str = "key") -> Recording:
    return record(lambda: (Vault(name, list(aliases), key=key), None)[1])


BEFORE = "urn:pulumi:staging::turnstay::turnstay:keys:Vault::old"


@pytest.mark.parametrize(
    ("renamed", "lost"),
    [
        (lambda: _vault("old"), False),
        (lambda: _vault("new"), True),
        (lambda: _vault("new", pulumi.Alias(name="old")), False),
        (lambda: _vault("new", BEFORE), False),
        (lambda: _vault("new", pulumi.Alias(name="older")), True),
        (lambda: _vault("new", pulumi.Alias(name="old"), key="cmk"), True),
    ],
    ids=["unchanged", "renamed", "alias", "alias by URN", "another alias", "child renamed"],
)
def test_a_renamed_component_must_say_how_it_was_called(
    renamed: Callable[[], Recording], lost: bool
) -> None:
    before = stateful(_vault("old"))
    found = [each for each in snapshot.problems(renamed(), before) if "would delete" in each]
    assert bool(found) is lost
    assert all("--forget" in each and "aliases=" in each for each in found)


def test_the_command_adds_what_is_new_and_drops_only_what_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, complete = tmp_path / "urns.txt", snapshot.FILE.read_text("utf-8")
    monkeypatch.setattr(snapshot, "FILE", file)
    snapshot.main([])
    assert file.read_text("utf-8") == complete
    file.write_text(f"{BEFORE}\n", "utf-8")
    snapshot.main([])
    assert BEFORE in snapshot.kept("staging")
    snapshot.main(["--forget", BEFORE])
    assert file.read_text("utf-8") == complete
    with pytest.raises(SystemExit):
        snapshot.main(["--forget", BEFORE])
