"""As much of one GitHub repository as the pipeline uses: it keeps what it is told, and pages its lists."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
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

    def answer(self, method: str, path: str, query: dict[str, str], body: Json) -> Answer:
        for pattern, verb, act in ROUTES:
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


def make_ref(hub: Github, asked: Asked) -> Answer:
    name = asked.body["ref"].removeprefix("refs/heads/")
    if name in hub.refs:
        return 422, {"message": "Reference already exists"}
    hub.refs[name] = asked.body["sha"]
    return 201, {"ref": asked.body["ref"]}


def move_ref(hub: Github, asked: Asked) -> Answer:
    hub.refs[asked.parts[0]] = asked.body["sha"]
    return 200, {}


def get_file(hub: Github, asked: Asked) -> Answer:
    return 200, {
        "sha": sha(
            hub.files.get((asked.query["ref"], asked.parts[0]), hub.files["main", asked.parts[0]])
        )
    }


def put_file(hub: Github, asked: Asked) -> Answer:
    branch = asked.body["branch"]
    if asked.body["sha"] != sha(
        hub.files.get((branch, asked.parts[0]), hub.files["main", asked.parts[0]])
    ):
        return 409, {"message": "does not match"}
    hub.files[branch, asked.parts[0]] = base64.b64decode(asked.body["content"]).decode()
    hub.refs[branch] = sha(branch, asked.body["content"])
    return 200, {"commit": {"sha": hub.refs[branch]}}


def pull(hub: Github, asked: Asked) -> Answer:
    number = len(hub.pulls) + 1
    made = {
        "number": number,
        "state": "open",
        "html_url": f"https://github.test/pull/{number}",
        **asked.body,
    }
    hub.pulls.append(
        made | {"head": {"ref": asked.body["head"], "sha": hub.refs[asked.body["head"]]}}
    )
    return 201, made


def open_pulls(hub: Github, asked: Asked) -> Answer:
    branch = asked.query["head"].partition(":")[2]
    return paged(
        [each for each in hub.pulls if each["state"] == "open" and each["head"]["ref"] == branch],
        asked.query,
    )


def merge(hub: Github, asked: Asked) -> Answer:
    one = hub.pulls[int(asked.parts[0]) - 1]
    if asked.body["sha"] != one["head"]["sha"]:
        return 409, {"message": "Head branch was modified"}
    one["state"] = "merged"
    return 200, {"merged": True}


def dispatch(hub: Github, asked: Asked) -> Answer:
    hub.dispatched.append((asked.parts[0], asked.body["ref"]))
    return 204, None


def runs(hub: Github, asked: Asked) -> Answer:
    """One run for each begun; what it came to is the next of `conclusions`, None while it goes on."""
    begun = [
        ref
        for file, ref in hub.dispatched
        if file == asked.parts[0] and hub.refs[ref] == asked.query["head_sha"]
    ]
    end = hub.conclusions.pop(0) if len(hub.conclusions) > 1 else hub.conclusions[0]
    one = {
        "status": "completed" if end else "in_progress",
        "conclusion": end,
        "html_url": "https://github.test/run",
    }
    return 200, {"total_count": len(begun), "workflow_runs": [one for _ in begun]}


Act = Callable[[Github, Asked], Answer]
ROUTES: list[tuple[str, str, Act]] = [
    (r"/issues/(\d+)/comments", "GET", lambda hub, asked: paged([each for each in hub.comments if each["issue"] == asked.parts[0]], asked.query)),
    (r"/issues/(\d+)/comments", "POST", comment),
    (r"/issues/comments/(\d+)", "PATCH", change(lambda hub: hub.comments, "id")),
    (r"/issues", "GET", open_issues),
    (r"/issues", "POST", issue),
    (r"/issues/(\d+)", "PATCH", change(lambda hub: hub.issues, "number")),
    (r"/git/ref/heads/(.+)", "GET", lambda hub, asked: (200, {"object": {"sha": hub.refs[asked.parts[0]]}})),
    (r"/git/refs", "POST", make_ref),
    (r"/git/refs/heads/(.+)", "PATCH", move_ref),
    (r"/contents/(.+)", "GET", get_file),
    (r"/contents/(.+)", "PUT", put_file),
    (r"/pulls", "GET", open_pulls),
    (r"/pulls", "POST", pull),
    (r"/pulls/(\d+)/merge", "PUT", merge),
    (r"/actions/workflows/([a-z.-]+)/dispatches", "POST", dispatch),
    (r"/actions/workflows/([a-z.-]+)/runs", "GET", runs),
]  # fmt: skip
