"""The account's own Slack and Honeybadger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest

from local.account.delivery.inbox import Inbox


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    server = Inbox()
    yield server
    server.close()


def call(inbox: Inbox, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
    with urlopen(Request(inbox.url + path, data=body, headers=headers)) as answer:  # noqa: S310
        return answer.status, json.loads(answer.read())


def test_what_is_sent_is_shown_without_keys(inbox: Inbox) -> None:
    assert call(inbox, "/services/T/B/secret", b'{"text": "PAGE: x"}')[0] == 200
    assert call(inbox, "/v1/notices", b'{"error": {}}', **{"X-API-Key": "hbp_secret"})[0] == 201
    assert call(inbox, "/v1/check_in/slack")[0] == 200
    assert call(inbox, "/v1/deploys", b"api_key=hbp_secret")[0] == 200
    _, shown = call(inbox, "/messages")
    assert [(each["to"], each["path"], each["body"]) for each in shown] == [
        ("Slack", "/services/…", {"text": "PAGE: x"}),
        ("Honeybadger", "/v1/notices", {"error": {}}),
        ("Honeybadger", "/v1/check_in/slack", None),
        ("Honeybadger", "/v1/deploys", "not JSON, and not kept: it may hold a key"),
    ]
    assert "secret" not in json.dumps(shown)
