"""As much of one GitHub repository as the pipeline uses: it keeps what it is told, and pages its lists."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

BOT = {"login": "github-actions[bot]"}
Json = dict[str, Any]
Answer = tuple[int, Any]


@dataclass(frozen=True)
class Asked:
    """One request: what its path names, its query and its body."""

    parts: tuple[str, ...]
    query: dict[str, str]
    body: Json


def sha(*parts: str) -> str:
    return hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()


Act = Callable[["Github", Asked], Answer]
Route = tuple[str, str, Act]


@dataclass
class Github:
    """One repository."""

    comments: list[Json] = field(default_factory=list)
    issues: list[Json] = field(default_factory=list)
    pulls: list[Json] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=lambda: {"main": sha("main")})
    files: dict[tuple[str, str], str] = field(default_factory=dict)  # by branch and path
    dispatched: list[tuple[str, str]] = field(default_factory=list)
    conclusions: list[str | None] = field(default_factory=lambda: ["success"])
    trouble: int = 0  # how many requests get a 502 before any gets an answer
    asked: list[str] = field(default_factory=list)
    routes: Sequence[Route] = ()

    def answer(self, method: str, path: str, query: dict[str, str], body: Json) -> Answer:
        for pattern, verb, act in self.routes:
            found = re.fullmatch(pattern, path)
            if found and verb == method:
                return act(self, Asked(found.groups(), query, body))
        return 404, {"message": "Not Found"}


def paged(entries: list[Json], query: dict[str, str]) -> Answer:
    size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
    return 200, entries[(page - 1) * size : page * size]


def comment(hub: Github, asked: Asked) -> Answer:
    made = {
        "id": len(hub.comments) + 1,
        "user": BOT,
        "issue": asked.parts[0],
        "html_url": f"#{len(hub.comments) + 1}",
        **asked.body,
    }
    hub.comments.append(made)
    return 201, made


def change(entries: Callable[[Github], list[Json]], key: str) -> Act:
    def act(hub: Github, asked: Asked) -> Answer:
        for each in entries(hub):
            if str(each[key]) == asked.parts[0]:
                each.update(asked.body)
                return 200, each
        return 404, {"message": "Not Found"}

    return act


def issue(hub: Github, asked: Asked) -> Answer:
    made = {"number": len(hub.issues) + 1, "user": BOT, "state": "open", **asked.body}
    hub.issues.append(made)
    return 201, made


def open_issues(hub: Github, asked: Asked) -> Answer:
    found = [
        each
        for each in hub.issues
        if each["state"] == asked.query["state"] and asked.query["labels"] in each["labels"]
    ]
    return paged(found, asked.query)
