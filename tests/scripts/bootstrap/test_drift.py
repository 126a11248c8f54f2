"""Whatever is changed by hand is told by a dry run and changed back by the next run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.scripts.bootstrap.conftest import Account, fresh_account
from tests.scripts.bootstrap.drifts import DRIFTS


def _waves() -> list[list[str]]:
    """The drifts in groups that can happen together: each thing is changed by at most one of a group.

    A key out of order takes its other settings with it, so each of its drifts is alone.
    """
    waves: dict[object, list[str]] = defaultdict(list)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for name, (place, line, _) in DRIFTS.items():
        if place.startswith("key "):
            waves[name].append(name)
        else:
            thing = (place, line.split("  ")[-1])
            waves[seen[thing]].append(name)
            seen[thing] += 1
    return list(waves.values())


@dataclass
class Prepared:
    """One account for all tests of this module: each begins and ends with everything in place."""

    account: Account
    in_place: bool = False


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    with fresh_account(tmp_path_factory.mktemp("project")) as account:
        yield Prepared(account)


@pytest.mark.parametrize("wave", _waves(), ids=" / ".join)
def test_drift_is_told_and_changed_back(prepared: Prepared, wave: list[str]) -> None:
    account = prepared.account
    if not prepared.in_place:  # the first test, and any after one that failed
        account.run("--apply")
    prepared.in_place = False
    for name in wave:
        DRIFTS[name][2](account)

    code, told, error = account.run()
    untold = [name for name in wave if DRIFTS[name][1] not in _section(told, DRIFTS[name][0])]
    assert untold == []
    assert (code, error) == (3, "")
    assert account.calls.writes == []
    if wave != ["alias deleted"]:  # nothing of a key is found without its alias
        assert f"{len(wave)} of 23 are not in place" in told

    code, told, error = account.run("--apply")
    assert (code, error) == (0, "")
    assert "made or mended, all 23 are in place" in told
    prepared.in_place = True


def test_a_key_about_to_be_deleted_is_kept_and_stays_the_same(prepared: Prepared) -> None:
    account = prepared.account
    account.run("--apply")
    before = account.key()["Arn"]
    account.client("kms").schedule_key_deletion(KeyId=account.key()["KeyId"])

    account.run("--apply")

    # AWS enables no key that is still about to be deleted.
    assert account.calls.writes == ["CancelKeyDeletion", "EnableKey"]
    assert account.key()["Arn"] == before
    assert account.key()["KeyState"] == "Enabled"


def _section(told: str, place: str) -> str:
    """What is told of one place, each line without its margin."""
    (section,) = [part for part in told.split("\n\n") if part.startswith(f"{place}\n")]
    return section
