"""Whatever an action does, the engine hears of success only when the action returned."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pulumi
import pytest
from moto import mock_aws

from components.account import Account
from components.hooks import Action, Change, Report, failure_text, gate_hook
from tests.engine.recording import Recording, record

ACCOUNT = Account(account_id="123456789012", region="eu-west-1")


@pytest.fixture(autouse=True)
def _aws() -> Iterator[None]:
    with mock_aws():
        yield


def gated(action: Action, account: Account = ACCOUNT) -> Recording:
    def program() -> None:
        owner = pulumi.ComponentResource("turnstay:test:Owner", "owner", {})
        hook = gate_hook("gate", action, account=account, resource=owner)
        binding = pulumi.ResourceHookBinding(before_create=[hook], before_update=[hook])
        pulumi.Stash("stash", input={"a": 1}, opts=pulumi.ResourceOptions(hooks=binding))

    return record(program)


def raising(error: BaseException) -> Action:
    async def action(_change: Change, _report: Report) -> None:
        raise error

    return action


async def _time_out(_change: Change, _report: Report) -> None:
    async with asyncio.timeout(0):
        await asyncio.sleep(60)


async def _cancel_itself(_change: Change, _report: Report) -> None:
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    await asyncio.sleep(60)


class UnreadableError(Exception):
    def __str__(self) -> str:
        raise ValueError("no")


TEXTLESS: list[tuple[str, Action, str]] = [
    (
        "RuntimeError",
        raising(RuntimeError()),
        "RuntimeError without a text, raised in action (test",
    ),
    ("blank", raising(RuntimeError(" \n ")), "RuntimeError without a text"),
    ("assert", raising(AssertionError()), "AssertionError without a text"),  # pytest adds one
    ("timeout", _time_out, "TimeoutError without a text"),
    ("cancelled", raising(asyncio.CancelledError()), "CancelledError without a text"),
    ("cancels itself", _cancel_itself, "CancelledError without a text"),
    ("KeyboardInterrupt", raising(KeyboardInterrupt()), "KeyboardInterrupt without a text"),
    ("sys.exit()", raising(SystemExit()), "SystemExit without a text"),
    ("sys.exit(0)", raising(SystemExit(0)), "SystemExit: 0"),
    (
        "unreadable",
        raising(UnreadableError()),
        "UnreadableError: its text cannot be read (ValueError)",
    ),
]


@pytest.mark.parametrize(
    ("action", "text"), [each[1:] for each in TEXTLESS], ids=[each[0] for each in TEXTLESS]
)
def test_an_exception_without_a_text_fails_the_update_all_the_same(
    action: Action, text: str
) -> None:
    assert gated(action).run_hook("gate", new_inputs={"input": {"a": 1}}).startswith(text)


def test_an_exception_with_a_text_keeps_it() -> None:
    answer = gated(raising(LookupError("no such service"))).run_hook("gate")
    assert answer == "LookupError: no such service"


def test_an_action_that_returns_succeeds() -> None:
    async def action(_change: Change, _report: Report) -> None:
        await asyncio.sleep(0)

    assert gated(action).run_hook("gate", new_inputs={"input": {"a": 1}}) == ""


def test_the_action_sees_what_the_gate_held_and_shall_hold() -> None:
    seen: list[Change] = []

    async def action(change: Change, _report: Report) -> None:
        seen.append(change)

    recording = gated(action)
    recording.run_hook("gate", new_inputs={"input": {"a": 1}})
    recording.run_hook("gate", new_inputs={"input": {"a": 2}}, old_inputs={"input": {"a": 1}})
    assert seen == [Change(new={"a": 1}, old=None), Change(new={"a": 2}, old={"a": 1})]


def test_nothing_is_done_with_the_credentials_of_another_account() -> None:
    acted: list[Change] = []

    async def action(change: Change, _report: Report) -> None:
        acted.append(change)

    elsewhere = Account(account_id="111122223333", region="eu-west-1")
    answer = gated(action, elsewhere).run_hook("gate", new_inputs={"input": {"a": 1}})
    assert answer.startswith("the credentials are of account 123456789012, the settings name")
    assert acted == []


def test_progress_is_shown_before_the_action_ends() -> None:
    async def action(_change: Change, report: Report) -> None:
        report("waits for ledger")
        await asyncio.sleep(0.01)  # the line is sent by a task of its own
        assert "waits for ledger" in recording.log

    recording = gated(action)
    assert recording.run_hook("gate", new_inputs={"input": {"a": 1}}) == ""


def test_the_hook_runs_before_create_and_before_update_and_not_in_a_preview() -> None:
    recording = gated(raising(RuntimeError("x")))
    [stash] = recording.all("pulumi:index:Stash")
    assert stash.hooks == {"before_create": ("gate",), "before_update": ("gate",)}


def test_a_text_of_our_own_is_shown_as_it_is() -> None:
    error: Any = type("RolloutFailedError", (Exception,), {"__module__": "components.compute.x"})
    assert failure_text(error("ledger does not run")) == "ledger does not run"
