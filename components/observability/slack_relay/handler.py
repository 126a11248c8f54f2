"""Brings each message of the alert topic to Slack, once as far as that can be had.

A message that Slack does not take is tried twice here, and the invocation then fails: Lambda calls again a minute and
three minutes later, and at last puts the event into the dead-letter queue. SNS may deliver a message twice; the second
one is known by its id as long as the same copy of the function gets it, which is nearly always, for there are at most
two. A message that Slack took and whose answer was lost on the way is sent again: twice is better than never.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from .message import message
from .notification import Notification, notification
from .posting import Answer, post
from .webhook import Webhook

PAUSE_SECONDS: Final = 0.5
ATTEMPTS: Final = 2
REMEMBERED: Final = 1000
Post = Callable[[str, Mapping[str, Any] | None], Answer]


class NotDeliveredError(Exception):
    """Somebody outside did not take a message; its address is not in the text."""


class Relay:
    """One copy of the function, with what it remembers between invocations."""

    def __init__(
        self, webhook: Webhook, heartbeat_url: str, send: Post = post, pause: float = PAUSE_SECONDS
    ) -> None:
        self._webhook, self._heartbeat_url = webhook, heartbeat_url
        self._send, self._pause = send, pause
        self._done: dict[str, None] = {}

    def deliver(self, record: Mapping[str, Any]) -> None:
        """Deliver one message; NotDeliveredError or NoWebhookError when that did not work."""
        identity = str(record.get("MessageId", ""))
        alert = notification(record)
        if identity in self._done:
            _log("twice", identity, alert)
            return
        if alert.is_first_look:
            _log("nothing to tell", identity, alert)
        elif alert.kind == "heartbeat":
            self._beat(identity, alert)
        else:
            self._tell(identity, alert)
        self._remember(identity)

    def _tell(self, identity: str, alert: Notification) -> None:
        body = message(alert)
        for attempt in range(1, ATTEMPTS + 1):
            answer = self._send(self._webhook.address(), body)
            if answer.is_good:
                _log("delivered", identity, alert, answer)
                return
            _log("refused", identity, alert, answer)
            if not answer.is_temporary:
                self._webhook.forget()  # it may have been changed a moment ago
            if attempt < ATTEMPTS:
                time.sleep(self._pause)
        raise NotDeliveredError(f"Slack did not take {alert.title}: {_said(answer)}")

    def _beat(self, identity: str, alert: Notification) -> None:
        """The way up to here works, and the secret can be read: say so outside AWS, where silence is an alarm."""
        self._webhook.address()
        if not self._heartbeat_url:
            return
        answer = self._send(self._heartbeat_url, None)
        _log("heartbeat", identity, alert, answer)
        if not answer.is_good:
            raise NotDeliveredError(f"the check-in was not taken: {_said(answer)}")

    def _remember(self, identity: str) -> None:
        self._done[identity] = None
        if len(self._done) > REMEMBERED:
            del self._done[next(iter(self._done))]


@cache
def relay() -> Relay:
    """The relay of this copy of the function."""
    import boto3  # noqa: PLC0415 - the runtime's own; tests of the rest need no client

    webhook = Webhook(boto3.client("secretsmanager"), os.environ["WEBHOOK_ARN"])
    return Relay(webhook, os.environ.get("HEARTBEAT_URL", ""))


def handle(event: Mapping[str, Any], _context: object) -> None:
    """Lambda's entry. SNS sends one record at a time."""
    for record in event["Records"]:
        relay().deliver(record["Sns"])


def _said(answer: Answer) -> str:
    return f"status {answer.status}" if answer.status else f"no answer ({answer.problem})"


def _log(what: str, identity: str, alert: Notification, answer: Answer | None = None) -> None:
    line = {"outcome": what, "message": identity, "kind": alert.kind, "title": alert.title}
    if answer:
        line |= {"status": str(answer.status), "problem": answer.problem}
    print(json.dumps(line))
