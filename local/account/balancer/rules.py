"""Which of the account's listener rules a request meets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from moto.elbv2.models import FakeListener, FakeLoadBalancer, elbv2_backends

Json = dict[str, Any]

SECURE: Final = ("HTTPS", "TLS")


@dataclass(frozen=True, kw_only=True)
class Route:
    """What a listener does with a request, and what the application is told of the listener."""

    action: Json
    protocol: str
    port: int
    idle_seconds: float


def route(account_id: str, method: str, host: str, path: str) -> Route | None:
    """Find the route of a request; None while the account has no listener.

    All listeners of all application load balancers of the account share one address here. The rules of each
    are looked at in the order of their priorities, and the default action is that of the first listener.
    Conditions on host, path and method are known; a rule with any other one meets no request.
    """
    listeners = list(_listeners(account_id))
    for balancer, listener in listeners:
        rules = [each for each in listener.rules.values() if not each.is_default]
        for rule in sorted(rules, key=lambda each: int(each.priority)):
            if all(_meets(each, method, host, path) for each in rule.conditions):
                return _route(balancer, listener, rule.actions)
    if not listeners:
        return None
    balancer, listener = listeners[0]
    return _route(balancer, listener, listener.default_actions)


def target_group(action: Json) -> str | None:
    """Return the target group that an action forwards to: the one with most weight, if there are several."""
    groups = action.get("ForwardConfig", {}).get("TargetGroups", [])
    heaviest: Json = max(groups, key=lambda each: int(each.get("Weight", 1)), default={})
    return action.get("TargetGroupArn") or heaviest.get("TargetGroupArn")


def _listeners(account_id: str) -> Iterator[tuple[FakeLoadBalancer, FakeListener]]:
    for backend in list(elbv2_backends[account_id].values()):
        for balancer in list(backend.load_balancers.values()):
            for listener in list(balancer.listeners.values()):
                yield balancer, listener


def _route(balancer: FakeLoadBalancer, listener: FakeListener, actions: list[Any]) -> Route:
    return Route(
        action=actions[-1].data,  # others, such as a login, come before the one that answers
        protocol="https" if listener.protocol in SECURE else "http",
        port=int(listener.port),
        idle_seconds=float(balancer.attrs.get("idle_timeout.timeout_seconds") or 60),
    )


def _meets(condition: Json, method: str, host: str, path: str) -> bool:
    match condition["Field"]:
        case "host-header":
            wanted = [each.lower() for each in _values(condition, "HostHeaderConfig")]
            return _is_like(_name(host), wanted)
        case "path-pattern":
            return _is_like(path.partition("?")[0], _values(condition, "PathPatternConfig"))
        case "http-request-method":
            return method in _values(condition, "HttpRequestMethodConfig")
    return False


def _values(condition: Json, member: str) -> list[str]:
    found: list[str] = condition.get(member, {}).get("Values") or condition.get("Values", [])
    return found


def _name(host: str) -> str:
    return re.sub(r":\d+$", "", host).lower()


def _is_like(text: str, patterns: list[str]) -> bool:
    """Whether a text is one of the patterns, in which * is any text and ? any one character."""
    return any(
        re.fullmatch(re.escape(each).replace(r"\*", ".*").replace(r"\?", "."), text)
        for each in patterns
    )
