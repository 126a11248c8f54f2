"""A Python program as a plugin of the Pulumi engine: how it starts, says where it listens, and ends."""

from __future__ import annotations

import os
import sys
import threading
import time
from concurrent import futures
from typing import Final
from urllib.parse import urlsplit

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

PARENT_CHECK_SECONDS: Final = 1.0
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
# Requests wait for load balancers and rollouts, each in a thread; the engine sends many at a time.
THREADS: Final = 64
NO_SIZE_LIMIT: Final = (
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
)


def serve(provider: provider_pb2_grpc.ResourceProviderServicer) -> None:
    """Serve a provider until the engine that started this process is gone."""
    require_local_account()
    end_with_parent()
    server = grpc.server(futures.ThreadPoolExecutor(THREADS), options=NO_SIZE_LIMIT)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    # The engine reads the port from the first line; nothing else may come before it.
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()


def require_local_account() -> None:
    """End the program unless AWS is an account on this machine: a stand-in must never touch a real one."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
    if urlsplit(endpoint).hostname not in LOOPBACK:
        sys.exit(
            f"this provider stands in for AWS on this machine only: AWS_ENDPOINT_URL is {endpoint!r}, "
            "and must name a local account such as http://127.0.0.1:5000"
        )


def end_with_parent() -> None:
    """End this process once the engine that started it is gone, however it went."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_CHECK_SECONDS)
        os._exit(0)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
