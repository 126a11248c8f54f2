"""A package index on this machine that decides as CodeArtifact does, by the package groups of an account.

What an installer asks for comes from what was published to the repository, from its upstreams, and by an external
connection from the public index, each only where the origin controls of the package's group let it.
"""

from __future__ import annotations

import base64
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self

from local.account.codeartifact.groups import allows
from local.account.codeartifact.store import Domain
from tests.packages.wheels import Wheel

TOKEN: Final = "made-up-token"
_LOGIN: Final = base64.b64encode(f"aws:{TOKEN}".encode()).decode()


def normal(name: str) -> str:
    """PyPI's normal form of a name."""
    return re.sub(r"[-_.]+", "-", name).lower()


class PublishRefusedError(Exception):
    """The origin controls of a package's group do not let it be published there."""


class PackageIndex:
    """The repositories of a domain behind one port of loopback; `public` is all that the outside has."""

    def __init__(self, domain: Domain, public: list[Wheel]) -> None:
        self.domain, self.public = domain, public
        self._published: dict[str, list[Wheel]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    @property
    def url(self) -> str:
        """Where installers find the internal repository."""
        return f"http://127.0.0.1:{self._server.server_port}/pypi/internal/simple/"

    def publish(self, repository: str, wheel: Wheel) -> None:
        """What `twine upload` and `poetry publish` do."""
        if not allows(self.domain.groups, wheel.name, "PUBLISH", repository):
            raise PublishRefusedError(f"{wheel.name} may not be published to {repository}")
        self._published.setdefault(repository, []).append(wheel)

    def versions(self, repository: str, name: str) -> list[Wheel]:
        """Every version that the repository gives of a package; the nearest one, where two have the same number."""
        groups, place = self.domain.groups, self.domain.repositories[repository]
        found = [each for each in self._published.get(repository, []) if each.name == name]
        if allows(groups, name, "INTERNAL_UPSTREAM", repository):
            for upstream in place.upstreams:
                found += self.versions(upstream, name)
        if place.connections and allows(groups, name, "EXTERNAL_UPSTREAM", repository):
            found += [each for each in self.public if each.name == name]
        return list({each.version: each for each in reversed(found)}.values())

    def page(self, path: str) -> bytes | None:
        """What is at a path: the versions of a package, or one of its files; None if there is nothing."""
        match path.strip("/").split("/"):
            case ["pypi", repository, "simple", name, *rest] if (
                repository in self.domain.repositories
            ):
                pass
            case _:
                return None
        wheels = self.versions(repository, normal(name))
        if rest:
            return next((each.content for each in wheels if each.file == rest[0]), None)
        links = [f'<a href="{each.file}#sha256={each.sha256}">{each.file}</a>' for each in wheels]
        return (
            f"<!doctype html><html><body>{''.join(links)}</body></html>".encode() if links else None
        )

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(index: PackageIndex) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer an installer; without the token nothing is told."""
            if self.headers.get("Authorization") != f"Basic {_LOGIN}":
                return self._answer(401, b"", ("WWW-Authenticate", 'Basic realm="codeartifact"'))
            content = index.page(self.path.partition("?")[0])
            return self._answer(404 if content is None else 200, content or b"")

        do_HEAD = do_GET  # noqa: N815 - the name that the server looks for

        def _answer(self, status: int, content: bytes, *headers: tuple[str, str]) -> None:
            kind = "application/zip" if self.path.endswith(".whl") else "text/html"
            self.send_response(status)
            for name, value in (
                ("Content-Type", kind),
                ("Content-Length", str(len(content))),
                *headers,
            ):
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Requests are not logged."""

    return Handler
