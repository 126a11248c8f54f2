"""What every request to the account passes: whose account it is, and errors that clients understand."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any, Final
from xml.sax.saxutils import escape

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

Environ = dict[str, Any]
Respond = Callable[..., Any]
Page = Callable[[str], Any]

METADATA: Final = "/v4/"
NO_ROUTE: Final = (
    b"<!doctype html>"  # the page of the web framework; what AWS does not find is never HTML
)
XML_SERVICES: Final = (
    "s3",
    "route53",
)  # of those the platform uses, the ones that speak REST and XML
log = logging.getLogger(__name__)


class Front:
    """The account as a WSGI application: moto's, in the account `account_id`.

    What moto lacks, and what breaks inside moto, is an error 501 in the form of the called service.
    moto alone answers 500 and a page of HTML, which every SDK takes for an outage and tries again for minutes.
    `metadata` answers what a container asks at $ECS_CONTAINER_METADATA_URI_V4; it raises KeyError for a stranger.
    """

    def __init__(self, account_id: str, metadata: Page) -> None:
        self.account_id = account_id
        self._metadata = metadata
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        """Answer one request."""
        if _is_metadata(environ):
            return self._answer_metadata(environ, respond)
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = self.account_id
        kept: list[Any] = []  # status and headers, until it is known whether they are to be sent
        try:
            answer: Iterable[bytes] = self._moto(environ, lambda *given: kept.extend(given))
        except NotImplementedError as error:
            return _refuse(environ, respond, "NotImplemented", f"not in the local account: {error}")
        except Exception as error:
            log.exception("%s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            text = f"the local account failed: {type(error).__name__}: {error}"
            return _refuse(environ, respond, "InternalFailure", text)
        if kept[0].startswith("404"):
            body = b"".join(answer)
            if body.startswith(NO_ROUTE):
                text = (
                    f"not in the local account: {environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
                )
                return _refuse(environ, respond, "NotImplemented", text)
            answer = [body]
        respond(*kept)
        return answer

    def _answer_metadata(self, environ: Environ, respond: Respond) -> Iterable[bytes]:
        try:
            page = self._metadata(environ["PATH_INFO"].removeprefix(METADATA))
        except KeyError:
            return _answer(respond, "404 Not Found", "text/plain", "no such container")
        return _answer(respond, "200 OK", "application/json", json.dumps(page, default=str))


def _is_metadata(environ: Environ) -> bool:
    # A bucket could be called v4, but requests for it are signed.
    return environ["PATH_INFO"].startswith(METADATA) and "HTTP_AUTHORIZATION" not in environ


def _refuse(environ: Environ, respond: Respond, code: str, text: str) -> Iterable[bytes]:
    kind = environ.get("CONTENT_TYPE", "")
    service = _service(environ)
    if service == "ec2":
        body = f"<Response><Errors><Error>{_xml(code, text)}</Error></Errors></Response>"
        return _answer(respond, "501 Not Implemented", "text/xml", body)
    if kind.startswith("application/x-www-form-urlencoded") or service in XML_SERVICES:
        body = f"<ErrorResponse><Error>{_xml(code, text)}</Error></ErrorResponse>"
        return _answer(respond, "501 Not Implemented", "text/xml", body)
    body = json.dumps({"__type": code, "message": text})
    return _answer(respond, "501 Not Implemented", "application/x-amz-json-1.1", body)


def _service(environ: Environ) -> str:
    # Authorization: AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, ...
    scope = (
        environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split(",")[0].split("/")
    )
    return str(scope[3]) if len(scope) > 3 else ""  # noqa: PLR2004 - see above


def _xml(code: str, text: str) -> str:
    return f"<Code>{code}</Code><Message>{escape(text)}</Message>"


def _answer(respond: Respond, status: str, kind: str, body: str) -> list[bytes]:
    content = body.encode()
    respond(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
    return [content]
