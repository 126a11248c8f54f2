from __future__ import annotations

from collections.abc import Iterable

import pytest

from scripts.bootstrap.errors import BootstrapError
from scripts.bootstrap.requirement import Requirement
from scripts.bootstrap.work import work_through


class Thing:
    """Something that answers with each of these values in turn, the last one for ever."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)
        self.written = 0

    def read(self) -> object | None:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def write(self) -> None:
        self.written += 1

    def requirement(self, name: str = "thing", place: str = "place") -> Requirement:
        return Requirement(
            place=place, name=name, wanted=lambda: "on", read=self.read, write=self.write
        )


def _work(things: Iterable[Requirement], *, apply: bool) -> tuple[dict[str, int], list[str]]:
    said: list[str] = []
    waited: list[float] = []
    verdicts = work_through(things, apply=apply, say=said.append, sleep=waited.append)
    return {**dict(verdicts.items()), "waits": len(waited)}, said


def test_a_dry_run_writes_nothing() -> None:
    absent, other = Thing(None), Thing("off")

    result, said = _work([absent.requirement("a"), other.requirement("b")], apply=False)

    assert (absent.written, other.written) == (0, 0)
    assert result == {"missing": 1, "differs": 1, "waits": 0}
    assert said == [
        "\nplace",
        "  missing  a",
        "           wanted  on",
        "  differs  b",
        "           is      off",
        "           wanted  on",
    ]


def test_what_is_in_place_is_left_alone_and_what_is_not_is_written_once() -> None:
    there, absent, other = Thing("on"), Thing(None, "on"), Thing("off", "on")
    things = [there.requirement("a"), absent.requirement("b"), other.requirement("c", "else")]

    result, said = _work(things, apply=True)

    assert (there.written, absent.written, other.written) == (0, 1, 1)
    assert result == {"ok": 1, "missing": 1, "differs": 1, "waits": 0}
    assert said == [
        "\nplace",
        "  ok       a: on",
        "  made     b",
        "           now     on",
        "\nelse",
        "  mended   c",
        "           was     off",
        "           now     on",
    ]


def test_an_answer_that_is_still_the_old_one_is_waited_for() -> None:
    slow = Thing("off", "off", "off", "on")

    result, _ = _work([slow.requirement()], apply=True)

    assert slow.written == 1
    assert result == {"differs": 1, "waits": 2}


def test_what_does_not_stay_written_fails_and_stops_what_comes_after() -> None:
    stubborn, later = Thing("off"), Thing(None)

    with pytest.raises(
        BootstrapError, match="place: thing was written, but reads back as off instead of on"
    ):
        _work([stubborn.requirement(), later.requirement()], apply=True)
    assert later.written == 0


def test_what_is_wanted_is_asked_when_what_stands_before_it_has_been_made() -> None:
    first = Thing(None, "on")
    wanted: list[int] = []

    def late() -> object:
        wanted.append(first.written)
        return "on"

    second = Requirement(
        place="place", name="second", wanted=late, read=lambda: "on", write=first.write
    )
    _work([first.requirement(), second], apply=True)

    assert wanted == [1]
