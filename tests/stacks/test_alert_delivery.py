"""Who hears of alerts outside AWS: what the file says, and every mistake in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stacks.alert_delivery_settings import AlertDeliverySettings
from stacks.errors import SettingsError
from stacks.secret_commands import supply_command
from stacks.secret_sources import HONEYBADGER_KEY, PLATFORM
from tests.stacks.example import EXAMPLE, check, edited

END = "  turnstay:databases:\n"
KEY = "{platform: {HONEYBADGER_API_KEY: {secure: AAABAK}}}"


def text(delivery: str = "{}", supplied: str = "{}") -> str:
    """The example with this section, and these values."""
    added = f"  turnstay:alert_delivery: {delivery}\n  turnstay:supplied: {supplied}\n"
    return edited(END, f"{added}{END}")


def test_without_the_section_honeybadger_is_where_it_is_and_nobody_listens(tmp_path: Path) -> None:
    said = AlertDeliverySettings(
        honeybadger_url="https://api.honeybadger.io", slack_check_in=None, honeybadger_check_in=None
    )
    assert check(tmp_path, EXAMPLE).alert_delivery == said


def test_check_ins_are_named_by_their_ids(tmp_path: Path) -> None:
    found = check(tmp_path, text("{slack_check_in: AbC123, honeybadger_check_in: dEf456}"))
    delivery = found.alert_delivery
    assert (delivery.slack_check_in, delivery.honeybadger_check_in) == ("AbC123", "dEf456")


@pytest.mark.parametrize(
    "url", ["https://eu-api.honeybadger.io", "https://10.0.0.1", "http://127.0.0.1:8080"]
)
def test_another_host_is_taken(tmp_path: Path, url: str) -> None:
    assert (
        check(tmp_path, text(f"{{honeybadger_url: '{url}'}}")).alert_delivery.honeybadger_url == url
    )


@pytest.mark.parametrize(
    ("delivery", "problem"),
    [
        (
            "{honeybadger_url: 'http://api.honeybadger.io'}",
            'honeybadger_url: "http://api.honeybadger.io" is no https:// address of a host',
        ),
        (
            "{honeybadger_url: 'https://api.honeybadger.io/v1/'}",
            'honeybadger_url: "https://api.honeybadger.io/v1/" is no https:// address',
        ),
        (
            "{slack_check_in: 'https://api.honeybadger.io/v1/check_in/AbC'}",
            'slack_check_in: "https://api.honeybadger.io/v1/check_in/AbC" is no id of a check-in',
        ),
        ("{slack_checkin: AbC123}", "slack_checkin: is no known key; did you mean slack_check_in?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(tmp_path: Path, delivery: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(f"alert_delivery.{problem}")):
        check(tmp_path, text(delivery))


def test_the_platform_takes_a_key_of_its_own(tmp_path: Path) -> None:
    assert HONEYBADGER_KEY in check(tmp_path, text(supplied=KEY)).supplied[PLATFORM]
    path = "turnstay:supplied.platform.HONEYBADGER_API_KEY"
    assert supply_command("demo", PLATFORM, HONEYBADGER_KEY).endswith(f"--path {path}")


@pytest.mark.parametrize(
    ("supplied", "problem"),
    [
        (
            "{platform: {SLACK_WEBHOOK_URL: {secure: AAABAK}}}",
            "supplied.platform.SLACK_WEBHOOK_URL: is supplied to nothing;",
        ),
        (
            "{platfrom: {HONEYBADGER_API_KEY: {secure: AAABAK}}}",
            "supplied.platfrom: is no known service; did you mean platform?",
        ),
    ],
)
def test_a_key_of_nothing_is_told(tmp_path: Path, supplied: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(problem)):
        check(tmp_path, text(supplied=supplied))
