"""Unquoted words: taken where every reader of YAML agrees, refused where they do not."""

from __future__ import annotations

import pytest

from stacks.scalars import read_scalar


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("TRUE", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("512", 512),
        ("-3", -3),
        ("123456789012345", 123456789012345),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("prod", "prod"),
        ("10.20.0.0/16", "10.20.0.0/16"),
        ("1.2.3", "1.2.3"),
        ("eu-west-1a", "eu-west-1a"),
        ("2026-11", "2026-11"),
        ("12:75", "12:75"),
        ("::1", "::1"),
        ("nope", "nope"),
        ("only", "only"),
        ("-", "-"),
        (".", "."),
        ("0x", "0x"),
        ("inf", "inf"),
    ],
)
def test_a_clear_word_has_its_value(text: str, value: object) -> None:
    read = read_scalar(text)
    assert read == value
    assert type(read) is type(value)


DOUBTFUL = {
    "is text to Pulumi and a switch to others; write true or false, or put it in quotes": (
        "yes", "Yes", "NO", "on", "Off", "y", "N",
    ),
    "is a date, which Pulumi rewrites with a time; put it in quotes": (
        "2026-11-25", "2026-1-5", "2026-11-25T10:00:00Z", "2026-11-25 10:00:00",
    ),
    "is text to Pulumi and a number to others; put it in quotes": ("12:30", "1:2:3", "190:20:30.15"),
    "is a number that Pulumi rewrites; write it in plain decimal, or in quotes if it is text": (
        "0755", "007", "089", "-012", "+5", "1_000", "0x1F", "0o17", "0b101", "1.0", "1.", ".5", "1e3", "1.5e-3",
        ".inf", "-.INF", ".nan", "1234567890123456",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"), [(text, why) for why, texts in DOUBTFUL.items() for text in texts]
)
def test_a_doubtful_word_is_refused_with_the_way_out(text: str, why: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole text is compared
        read_scalar(text)
    assert str(error.value) == why
