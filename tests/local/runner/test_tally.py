from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pulumi.automation import EngineEvent

from local.runner.progress import in_words, text_of
from local.runner.tally import News, Tally, changes

URN = "urn:pulumi:prod::turnstay::{}::{}"


def step(kind: str, op: str, type_: str, name: str, *, custom: bool = True) -> dict[str, Any]:
    urn = URN.format(type_, name)
    new = {"type": type_, "urn": urn, "custom": custom}
    return {kind: {"metadata": {"op": op, "urn": urn, "type": type_, "new": new}}}


def said(severity: str, text: str, name: str | None = None) -> dict[str, Any]:
    urn = URN.format("aws:ecs/service:Service", name) if name else None
    return {"diagnosticEvent": {"severity": severity, "message": text, "urn": urn}}


def after(*events: dict[str, Any]) -> Tally:
    tally = Tally(Path("/clone"))
    for event in events:
        tally.take(EngineEvent.from_json(event))
    return tally


def test_what_has_begun_is_under_way_until_it_ends_and_what_ends_is_counted_once() -> None:
    vpc, role = ("aws:ec2/vpc:Vpc", "vpc"), ("aws:iam/role:Role", "role")
    tally = after(
        step("resourcePreEvent", "create", *vpc),
        step("resourcePreEvent", "create", *role),
        step("resourcePreEvent", "same", "aws:kms/key:Key", "key"),
        # A component waits for its children: it would be named all the time.
        step("resourcePreEvent", "create", "turnstay:network:Network", "network", custom=False),
        step("resOutputsEvent", "create", *vpc),
        step("resOutputsEvent", "create", *vpc),
        step("resOutputsEvent", "create", "pulumi:providers:aws", "provider"),
    )

    assert tally.under_way() == ["role"]
    assert tally.counts() == {"create": 1}


def test_a_failed_resource_is_named_and_no_longer_under_way() -> None:
    service = ("aws:ecs/service:Service", "ledger-service")
    tally = after(
        step("resourcePreEvent", "update", *service), step("resOpFailedEvent", "update", *service)
    )

    assert tally.failed == ["ledger-service (Service)"]
    assert tally.under_way() == []


def test_the_engines_own_figures_replace_the_counted_ones_without_the_steps_of_a_replacement() -> (
    None
):
    changed = {"create": 1, "replace": 2, "create-replacement": 2, "delete-replaced": 2, "same": 9}
    tally = after(
        step("resOutputsEvent", "create", "aws:ec2/vpc:Vpc", "vpc"),
        {"summaryEvent": {"resourceChanges": changed}},
        {"cancelEvent": {}},
    )

    assert tally.counts() == {"create": 1, "replace": 2, "same": 9}
    assert changes(tally.counts()) == 3
    assert tally.ended.is_set()


def test_an_error_is_news_once_and_progress_each_time() -> None:
    tally = after(
        said("error", "refused\n", "ledger"),
        said("error", "an unhandled error occurred: refused\n", "ledger"),
        said("error", "refused\n", "recon"),
        said("info", "waits for 2 tasks\n", "ledger"),
        said("info", "waits for 2 tasks\n", "ledger"),
        said("info#err", "from a hook's stderr\n"),
        said("debug", "registering resource\n"),
        said("error", "update failed\n"),
    )

    assert [(news.severity, news.name, news.text) for news in tally.news()] == [
        ("error", "ledger", "refused"),
        ("error", "recon", "refused"),
        ("info", "ledger", "waits for 2 tasks"),
        ("info", "ledger", "waits for 2 tasks"),
        ("info", "", "from a hook's stderr"),
    ]
    assert tally.news() == []


def test_what_the_engine_complains_of_without_an_event_is_told_unless_an_error_was() -> None:
    silent, loud = after(), after(said("error", "refused"))
    silent.complain("no disk")
    loud.complain("exit code 1")

    assert [news.text for news in silent.news()] == ["no disk"]
    assert [news.text for news in loud.news()] == ["refused"]


def test_an_event_of_an_empty_traceback_is_no_error_of_ours() -> None:
    assert after(said("debug", "Traceback (most recent call last):\n\n")).news() == []


@pytest.mark.parametrize(
    ("counts", "planned", "words"),
    [
        ({"create": 3, "same": 2}, True, "3 to create, 2 unchanged"),
        ({"create": 3, "update": 1, "replace": 1, "delete": 2}, False,
         "3 created, 1 updated, 1 replaced, 2 deleted"),
        ({"same": 7}, True, "7 unchanged"),
        ({}, False, "nothing to do"),
    ],
)  # fmt: skip
def test_counts_are_put_in_words(counts: dict[str, int], words: str, *, planned: bool) -> None:
    assert in_words(Counter(counts), planned=planned) == words


def test_all_lines_of_a_message_stand_under_its_first() -> None:
    news = News(severity="error", name="ledger", text="stopped tasks:\n  exit code 3")

    assert text_of(news) == "failed   ledger: stopped tasks:\n           exit code 3"
    assert text_of(News(severity="info", name="", text="waits")) == "         waits"
