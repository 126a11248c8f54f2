"""Two logins take turns: one gets a password while the other one's holds."""

from __future__ import annotations

from components.database.login_rotation import LOGINS, active_login, password_epoch

ROUNDS = range(12)


def epochs(rotation: int) -> dict[str, int]:
    return {login: password_epoch(login, rotation) for login in LOGINS}


def test_the_logins_take_turns_beginning_with_the_first() -> None:
    assert [active_login(each) for each in range(4)] == ["app-a", "app-b", "app-a", "app-b"]


def test_a_round_moves_to_a_new_password_and_leaves_that_of_the_round_before_alone() -> None:
    for rotation in ROUNDS:
        before, after = epochs(rotation), epochs(rotation + 1)
        changed = {login for login in LOGINS if before[login] != after[login]}
        assert changed == {active_login(rotation + 1)}
        assert active_login(rotation) not in changed


def test_no_password_comes_back() -> None:
    for login in LOGINS:
        seen = [password_epoch(login, each) for each in ROUNDS]
        assert seen == sorted(seen)
        assert seen[0] == 0


def test_the_active_login_has_the_password_of_its_round() -> None:
    assert [password_epoch(active_login(each), each) for each in ROUNDS] == list(ROUNDS)
