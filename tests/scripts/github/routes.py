"""Which request is answered by what."""

from __future__ import annotations

from tests.scripts.github.changes import (
    dispatch,
    get_file,
    make_ref,
    merge,
    move_ref,
    open_pulls,
    pull,
    put_file,
    runs,
)
from tests.scripts.github.repository import Act, change, comment, issue, open_issues, paged

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
