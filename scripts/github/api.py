"""GitHub's REST API for one repository, with the token of a workflow's job."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Final
from urllib.parse import urlencode, urlsplit

PAGE: Final = 100
TRIES: Final = 3
WAIT_SECONDS: Final = 2.0
TIMEOUT_SECONDS: Final = 30.0
BUSY: Final = 500  # and above: GitHub's own trouble

Body = Mapping[str, object]


class GithubError(Exception):
    """What GitHub refused, in its words."""


@dataclass(frozen=True, kw_only=True)
class Api:
    """One repository, `owner/name`."""

    repository: str
    token: str = field(repr=False)
    url: str = "https://api.github.com"
    wait_seconds: float = WAIT_SECONDS

    @classmethod
    def from_environment(cls) -> Api:
        """What a job of GitHub Actions knows; the token is a step's own GITHUB_TOKEN."""
        try:
            repository, token = os.environ["GITHUB_REPOSITORY"], os.environ["GITHUB_TOKEN"]
        except KeyError as missing:
            raise GithubError(
                f"{missing.args[0]} is not set; run this in a workflow, or set GITHUB_REPOSITORY=owner/name"
                " and GITHUB_TOKEN"
            ) from None
        return cls(
            repository=repository,
            token=token,
            url=os.environ.get("GITHUB_API_URL", "https://api.github.com"),
        )

    def every(
        self, path: str, key: str | None = None, **query: object
    ) -> Iterator[Mapping[str, object]]:
        """All entries of a list, over all its pages; `key` is where GitHub wraps them."""
        page = 1
        while True:
            asked = urlencode({**query, "per_page": PAGE, "page": page})
            answer = self._call("GET", f"{path}?{asked}")
            found = answer.get(key) if key and isinstance(answer, dict) else answer
            entries = (
                [each for each in found if isinstance(each, dict)]
                if isinstance(found, list)
                else []
            )
            yield from entries
            if len(entries) < PAGE:
                return
            page += 1

    def get(self, path: str) -> Mapping[str, object]:
        """One entry."""
        return _one(self._call("GET", path))

    def post(self, path: str, body: Body) -> Mapping[str, object]:
        """Make something."""
        return _one(self._call("POST", path, body))

    def patch(self, path: str, body: Body) -> Mapping[str, object]:
        """Change something."""
        return _one(self._call("PATCH", path, body))

    def put(self, path: str, body: Body) -> Mapping[str, object]:
        """Do what GitHub has as a PUT, such as a merge."""
        return _one(self._call("PUT", path, body))

    def _call(self, method: str, path: str, body: Body | None = None) -> object:
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise GithubError(f"GITHUB_API_URL is no address: {self.url}")
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            f"{self.url}/repos/{self.repository}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        # Only what changes nothing is asked twice.
        for left in reversed(range(TRIES if method == "GET" else 1)):
            try:
                with _opened(request) as answer:
                    text = answer.read()
                return json.loads(text) if text else {}
            except urllib.error.HTTPError as error:
                if not left or error.code < BUSY:
                    raise GithubError(f"{method} {path}: {error.code} {_words(error)}") from None
            except OSError as error:
                if not left:
                    raise GithubError(f"{method} {path}: {error}") from None
            time.sleep(self.wait_seconds)
        raise AssertionError  # the last try returns or raises


def _opened(request: urllib.request.Request) -> HTTPResponse:
    answer: HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)  # noqa: S310
    return answer


def _words(error: urllib.error.HTTPError) -> str:
    try:
        answer = json.loads(error.read())
    except (ValueError, OSError):
        return str(error.reason)
    return (
        str(answer.get("message", error.reason)) if isinstance(answer, dict) else str(error.reason)
    )


def _one(answer: object) -> Mapping[str, object]:
    return answer if isinstance(answer, dict) else {}
