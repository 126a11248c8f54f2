"""Gates and provider refuse, whatever the engine would let pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scenarios.small_stack import ACCOUNT, SmallStack

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStack]:
    """Gates without a platform. The tests of this file follow one another."""
    with SmallStack(tmp_path_factory.mktemp("gates") / "gates", project="gates") as stack:
        yield stack


def log_groups(gates: SmallStack) -> list[str]:
    found = gates.view.client("logs").describe_log_groups()["logGroups"]
    return [each["logGroupName"] for each in found]


def test_in_another_account_than_the_settings_name_the_provider_makes_nothing(
    gates: SmallStack,
) -> None:
    gates.values |= {"account": "999988887777", "hooks": "none"}

    result = gates.run("up")

    assert result.code == 1
    assert f"AWS account ID not allowed: {ACCOUNT}, allowed is 999988887777" in result.output
    assert result.changes == []
    assert log_groups(gates) == []


def test_in_another_account_than_the_settings_name_a_gate_refuses_by_itself(
    gates: SmallStack,
) -> None:
    gates.values |= {"account": "999988887777", "hooks": "rollout"}

    result = gates.run("up")

    assert result.code == 1
    assert (
        f"the credentials are of account {ACCOUNT}, the settings name 999988887777: log in to that"
        " account; nothing was done"
    ) in result.output
    assert result.changes == []


def test_a_hook_that_ends_without_a_text_fails_the_update_and_says_where(
    gates: SmallStack,
) -> None:
    gates.values |= {"account": ACCOUNT, "hooks": "wrapped"}

    result = gates.run("up")

    assert result.code == 1
    assert result.failed == ["leave (Stash)", "too-long (Stash)", "without-text (Stash)"]
    for words in (
        "RuntimeError without a text, raised in raise_without_text (__main__.py:",
        "TimeoutError without a text",
        "SystemExit without a text, raised in leave (__main__.py:",
    ):
        assert words in result.output
    assert result.changes == ["create LogGroup group"]


def test_without_the_wrapper_the_engine_takes_the_same_ends_for_success(gates: SmallStack) -> None:
    gates.values |= {"account": ACCOUNT, "hooks": "bare"}

    result = gates.run("up")

    assert result.code == 0
    assert result.changes == ["create Stash too-long", "create Stash without-text"]
