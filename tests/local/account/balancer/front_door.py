"""A listener of an account and targets of the test's own behind it."""

from __future__ import annotations

import http.client
import socketserver
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler
from socket import socket
from typing import Any

from moto.elbv2.models import elbv2_backends

from tests.local.account.workbench import Json, Workbench

Behaviour = Callable[[socket], object]
PATIENCE = 30.0


class FrontDoor:
    """A load balancer with one listener; `host` leads to the target group `group`."""

    def __init__(self, bench: Workbench) -> None:
        self.account, self._elb = bench.account, bench.client("elbv2")
        self.host, self._vpc = f"{uuid.uuid4().hex[:8]}.example.com", bench.vpc
        self.group = self.new_group()
        balancer = self._elb.create_load_balancer(Name=_name(), Subnets=bench.subnets)
        self.balancer = balancer["LoadBalancers"][0]["LoadBalancerArn"]
        fixed = {
            "StatusCode": "404",
            "ContentType": "application/json",
            "MessageBody": '{"detail":"Not Found"}',
        }
        self.listener = self._elb.create_listener(
            LoadBalancerArn=self.balancer,
            Protocol="HTTPS",
            Port=443,
            Certificates=[{"CertificateArn": _certificate(bench)}],
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": fixed}],
        )["Listeners"][0]["ListenerArn"]
        self.rule([{"Field": "host-header", "HostHeaderConfig": {"Values": [self.host]}}], 10)

    def new_group(self) -> str:
        """Make a target group; its ARN."""
        made = self._elb.create_target_group(
            Name=_name(), Protocol="HTTP", Port=8000, VpcId=self._vpc, TargetType="ip"
        )
        return str(made["TargetGroups"][0]["TargetGroupArn"])

    def rule(
        self, conditions: list[Json], priority: int, group: str = "", action: Json | None = None
    ) -> None:
        """Forward what meets the conditions, or do something else with it."""
        forward = {"Type": "forward", "TargetGroupArn": group or self.group}
        self._elb.create_rule(
            ListenerArn=self.listener,
            Priority=priority,
            Conditions=conditions,
            Actions=[action or forward],
        )

    def idle_seconds(self, seconds: int) -> None:
        """Set how long a target may be silent."""
        attribute = {"Key": "idle_timeout.timeout_seconds", "Value": str(seconds)}
        self._elb.modify_load_balancer_attributes(
            LoadBalancerArn=self.balancer, Attributes=[attribute]
        )

    def register(self, port: int) -> None:
        """Make a port a target, in the way of ECS: moto's own registration knows addresses alone."""
        groups = elbv2_backends[self.account.account_id]["eu-west-1"].target_groups
        groups[self.group].targets[f"127.0.0.1:{port}"] = {"Id": "127.0.0.1", "Port": port}

    @contextmanager
    def target(self, behaviour: Behaviour | type[BaseHTTPRequestHandler]) -> Iterator[int]:
        """Register a target that treats each connection in a way of its own; its port."""
        handler: Any = behaviour
        if not isinstance(behaviour, type):
            handler = type(
                "Raw",
                (socketserver.BaseRequestHandler,),
                {"handle": lambda self: behaviour(self.request)},
            )
        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            port = int(server.server_address[1])
            self.register(port)
            yield port
            server.shutdown()

    @contextmanager
    def connected(self) -> Iterator[http.client.HTTPConnection]:
        """Hold a connection to the load balancer."""
        address = self.account.balancer.removeprefix("http://")
        with closing(http.client.HTTPConnection(address, timeout=PATIENCE)) as connection:
            yield connection

    def ask(
        self, method: str = "GET", path: str = "/", host: str | None = None, **more: Any
    ) -> tuple[int, bytes]:
        """Ask once; status and body."""
        headers = {"Host": host or self.host, **more.pop("headers", {})}
        with self.connected() as connection:
            connection.request(method, path, headers=headers, **more)
            with connection.getresponse() as answer:
                return answer.status, answer.read()


def head(connection: socket) -> bytes:
    """Read a request or an answer up to its body."""
    got = b""
    while b"\r\n\r\n" not in got:
        more = connection.recv(1)
        if not more:
            raise ConnectionError(f"ended after {got!r}")
        got += more
    return got


def _name() -> str:
    return f"n{uuid.uuid4().hex[:12]}"


def _certificate(bench: Workbench) -> str:
    made = bench.client("acm").request_certificate(DomainName="example.com")
    return str(made["CertificateArn"])
