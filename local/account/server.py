"""An AWS account on this machine: moto, what moto lacks, and ECS tasks that are real processes."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from werkzeug.serving import WSGIRequestHandler, make_server

from local.account import memory
from local.account.balancer.server import Balancer
from local.account.delivery.delivery import Delivery
from local.account.delivery.inbox import Inbox
from local.account.ecs.engine import Engine
from local.account.ecs.images import Images
from local.account.errors import AccountError
from local.account.front import Front
from local.account.gaps.install import install
from local.account.leftovers import Journal
from local.account.rds.databases import Databases

LOOPBACK: Final = "127.0.0.1"
BACKLOG: Final = 128
POLL_SECONDS: Final = 0.1  # how soon it notices that it is to stop


class Account:
    """The account `account_id`, empty at its start, at `endpoint` until it is stopped; its load balancer at `balancer`.

    Whoever alerts are sent to is at `outside`.
    Each image of a task is looked up in `images`: the first regular expression that is found in its name
    gives the folder in which the task's commands run. Several accounts run side by side in one process;
    one id, once at a time. Nothing is kept when it stops, the data of databases in the folder `databases`
    included; without a folder they lie in a temporary one. It listens on 127.0.0.1 and nowhere else.
    """

    def __init__(
        self,
        account_id: str,
        images: Mapping[str, Path],
        port: int = 0,
        journal: Journal | None = None,
        databases: Path | None = None,
    ) -> None:
        if not re.fullmatch(r"\d{12}", account_id):
            raise AccountError(f"an account id is twelve digits, got {account_id!r}")
        if os.environ.get("MOTO_ACCOUNT_ID", account_id) != account_id:
            raise AccountError(
                f"MOTO_ACCOUNT_ID is {os.environ['MOTO_ACCOUNT_ID']}, the account is {account_id}; unset it"
            )
        self.account_id = account_id
        self._images, self._port, self._journal = Images(images), port, journal or Journal()
        self._folder = databases
        self._engine: Engine | None = None

    def start(self) -> Self:
        """Begin to answer; AccountError when the port is taken or the id already runs here."""
        install()
        listener = _listen(self._port)
        self.endpoint = "http://{}:{}".format(*listener.getsockname())
        try:
            engine = Engine(self.account_id, self._images, self._journal, self.endpoint)
        except AccountError:
            listener.close()
            raise
        self._engine = engine
        self._databases = Databases(self.account_id, self._folder, self._journal)
        memory.forget(self.account_id)
        self._inbox = Inbox()
        self.outside = self._inbox.url
        self._delivery = Delivery(self.account_id, self.endpoint, self._journal)
        front = Front(self.account_id, engine.metadata)
        self._server = make_server(
            LOOPBACK, 0, front, threaded=True, request_handler=_Quiet, fd=listener.fileno()
        )
        listener.close()  # the server has its own copy
        self._balancer = Balancer(self.account_id, _listen(0)).start()
        self.balancer = self._balancer.endpoint
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), name="account", daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """End every task, then the account; again is no error."""
        if not self._engine:
            return
        self._server.shutdown()
        self._thread.join()
        self._balancer.stop()
        self._delivery.close()
        self._inbox.close()
        self._engine.stop()
        self._databases.close()
        self._engine = None
        memory.forget(self.account_id)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """Requests are not logged; errors are."""


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port), backlog=BACKLOG)
    except OSError as error:
        raise AccountError(
            f"port {port} of {LOOPBACK} cannot be used: {error.strerror}; 0 takes any free one"
        ) from error
