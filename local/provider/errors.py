"""What AWS's answers mean to the engine: an error text for people, "it is gone", "it exists, but is not finished"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

GONE: Final = re.compile(r"NotFound|NoSuch|DoesNotExist|Nonexistent", re.IGNORECASE)
# moto says it in the text of another error here and there.
GONE_TEXT: Final = re.compile(r"^No scal\w+ (policy|target) found")
# Codes that say it in words of their own.
GONE_CODES: Final = frozenset({"404", "ServiceNotActiveException"})
SERVER_ERROR: Final = 500


class ProviderError(Exception):
    """An error that is a sentence already."""


class PartlyCreatedError(Exception):
    """A resource exists in the account, but what should have followed failed; its cause says why."""

    def __init__(self, identity: str) -> None:
        super().__init__(identity)
        self.identity = identity


@contextmanager
def existing(identity: str) -> Iterator[None]:
    """Mark the steps after a resource has come to be, so that a failure in them does not lose it."""
    try:
        yield
    except Exception as error:
        raise PartlyCreatedError(identity) from error


def is_gone(error: Exception) -> bool:
    """Tell whether AWS says that what was asked for does not exist."""
    if not isinstance(error, ClientError):
        return False
    details = error.response.get("Error", {})
    code, message = details.get("Code", ""), details.get("Message", "")
    return code in GONE_CODES or bool(GONE.search(code) or GONE_TEXT.match(message))


def explain(error: BaseException) -> str:
    """Put an error into one line, with AWS's own code and message where it is AWS's."""
    if isinstance(error, PartlyCreatedError):
        return explain(error.__cause__ or error)
    if isinstance(error, ClientError):
        return _answer(error)
    if isinstance(error, ResponseParserError):
        return (
            "the local account does not implement this operation: it answered with a page of HTML"
        )
    if isinstance(error, ProviderError | BotoCoreError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _answer(error: ClientError) -> str:
    details = error.response.get("Error", {})
    code, message = details.get("Code", ""), details.get("Message", "")
    # An operation that moto lacks, or one that broke in it, is HTTP 500 with a page that is no answer of AWS.
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if status == SERVER_ERROR and code in {"500", "Unknown", ""}:
        return f"{error.operation_name} is not implemented by the local account (HTTP 500)"
    return f"{error.operation_name}: {code}: {message}"
