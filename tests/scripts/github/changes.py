"""Branches, files, pull requests and runs of the repository, as the API answers about them."""

from __future__ import annotations

import base64

from tests.scripts.github.repository import Answer, Asked, Github, paged, sha


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
