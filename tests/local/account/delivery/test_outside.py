"""Requests that would leave this machine are not made."""

from __future__ import annotations

import pytest

from local.account.delivery import outside


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://localhost/", "http://10.0.0.1/"])
def test_another_address_has_nobody_there(url: str) -> None:
    assert outside.request("GET", url, {}, "") == 0


@pytest.mark.parametrize(
    ("status", "again"),
    [(200, False), (401, False), (404, False), (409, True), (429, True), (500, True), (0, True)],
)
def test_what_eventbridge_tries_again(status: int, *, again: bool) -> None:
    assert outside.is_temporary(status) is again
