"""Files of psql, and the line that names them."""

from __future__ import annotations

from pathlib import Path

from local.report.logins import Login
from local.report.psql import PASSWORDS, SERVICES, psql_line, write_logins


def test_what_was_written_before_is_replaced_whole(tmp_path: Path) -> None:
    def login(service: str) -> Login:
        return Login(service=service, username="u", password="p", host="h", port=1, database="d")

    write_logins(tmp_path, [login("a"), login("b")], Path("/authority.pem"))
    write_logins(tmp_path, [login("c")], None)
    text = (tmp_path / SERVICES).read_text()
    assert (text.count("["), "sslmode=require" in text) == (1, True)
    assert (tmp_path / PASSWORDS).read_text() == "h:1:d:u:p\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([SERVICES, PASSWORDS])


def test_a_folder_with_a_space_in_its_name_is_quoted(tmp_path: Path) -> None:
    assert f"PGSERVICEFILE='{tmp_path}/a b/{SERVICES}'" in psql_line(tmp_path / "a b", "ledger")


def test_a_login_does_not_show_its_password() -> None:
    login = Login(service="s", username="u", password="hidden", host="h", port=1, database="d")
    assert "hidden" not in repr(login)
