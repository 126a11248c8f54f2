"""Queues for what could not be delivered."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from moto.sqs.exceptions import QueueDoesNotExist
from moto.sqs.models import sqs_backends

log = logging.getLogger(__name__)


def bury(arn: str | None, body: str, attributes: Mapping[str, str] | None = None) -> None:
    """Put a message into the queue of that ARN. Without one, or with one that is not there, it is lost, as on AWS."""
    if arn is None:
        return
    region, account_id, name = arn.split(":")[3:6]
    told = {
        key: {"DataType": "String", "StringValue": value}
        for key, value in (attributes or {}).items()
    }
    try:
        sqs_backends[account_id][region].send_message(name, body, message_attributes=told)
    except QueueDoesNotExist:
        log.warning("a dead letter is lost: there is no queue %s", arn)
