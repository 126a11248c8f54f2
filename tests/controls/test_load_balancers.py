"""Controls on load balancers hold, and each is seen to fail on one that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.edge.sample import LISTENER, LOAD_BALANCER, edge
from tests.controls import load_balancers as controls
from tests.controls.load_balancers import ASSOCIATION, EGRESS, TARGET_GROUP
from tests.controls.mutation import (
    Change,
    Control,
    Mutation,
    adding,
    controls_of,
    each_of,
    protecting,
    removing,
    setting,
)
from tests.engine.mutate import DELETE, added, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

HSTS = "routingHttpResponseStrictTransportSecurityHeaderValue"
# What the staging stack may do without: it is torn down and built again.
EXEMPT = {("staging", "load_balancers_cannot_be_deleted_by_mistake")}


def _listener(path: str, value: Any = DELETE) -> Change:
    return setting(LISTENER, "public-listener", path, value)


def _balancer(path: str, value: Any = DELETE) -> Change:
    return setting(LOAD_BALANCER, "public-lb", path, value)


def _waiting_for_nothing(recording: Recording) -> Recording:
    return with_options(recording, LOAD_BALANCER, "public-lb", property_dependencies={})


def _egress(**changes: Any) -> Change:
    rule = {
        "securityGroupId": "public-group-id",
        "referencedSecurityGroupId": "tasks-id",
        "ipProtocol": "tcp",
        "fromPort": 8000,
        "toPort": 8000,
    }
    return adding(EGRESS, **(rule | changes))


def _named(kind: str, name: str) -> Change:
    return lambda recording: added(recording, kind, name, {})


PLAIN = {"protocol": "HTTP", "port": 80, "defaultActions": [{"type": "redirect"}]}
MUTATIONS = [
    *(
        Mutation(controls.listeners_speak_https_only, what, change, finding)
        for what, change, finding in (
            ("a redirect from port 80", adding(LISTENER, **PLAIN), "extra: speaks HTTP on 80"),
            ("HTTP", _listener("protocol", "HTTP"), "speaks HTTP on 443"),
            ("another port", _listener("port", 8443), "speaks HTTPS on 8443"),
            ("no protocol", _listener("protocol"), "speaks None"),
        )
    ),
    *(
        Mutation(
            controls.listeners_have_a_recommended_tls_policy,
            f"{policy}",
            _listener("sslPolicy", policy),
            "is not recommended",
        )
        for policy in (
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "ELBSecurityPolicy-TLS13-1-0-2021-06",
            "ELBSecurityPolicy-2016-08",
            DELETE,
        )
    ),
    *(
        Mutation(controls.listeners_keep_browsers_to_https, what, change, finding)
        for what, change, finding in (
            ("no HSTS", _listener(HSTS), "HSTS is ''"),
            ("HSTS of a day", _listener(HSTS, "max-age=86400"), "HSTS is 'max-age=86400'"),
            (
                "server header",
                _listener("routingHttpResponseServerEnabled", value=True),
                "names its software",
            ),
            ("default header", _listener("routingHttpResponseServerEnabled"), "names its software"),
        )
    ),
    Mutation(
        controls.listeners_serve_no_unknown_host,
        "forwards by default",
        _listener("defaultActions", [{"type": "forward", "targetGroupArn": "arn"}]),
        "answers unknown hosts by",
    ),
    *(
        Mutation(
            controls.invalid_headers_are_dropped,
            f"{value}",
            _balancer("dropInvalidHeaderFields", value),
            "passes invalid headers on",
        )
        for value in (False, DELETE)
    ),
    *(
        Mutation(controls.request_smuggling_is_stopped, what, change, finding)
        for what, change, finding in (
            (
                "monitor",
                _balancer("desyncMitigationMode", "monitor"),
                "desync mitigation is monitor",
            ),
            ("none", _balancer("desyncMitigationMode"), "desync mitigation is None"),
            (
                "preserved addresses",
                _balancer("xffHeaderProcessingMode", "preserve"),
                "write their own address",
            ),
        )
    ),
    *(
        Mutation(controls.requests_and_connections_are_logged, what, change, finding)
        for what, change, finding in (
            ("no access log", _balancer("accessLogs"), "accessLogs are off"),
            ("no connection log", _balancer("connectionLogs"), "connectionLogs are off"),
            (
                "switched off",
                _balancer("accessLogs.enabled", value=False),
                "accessLogs are off",
            ),
            ("no bucket", _balancer("connectionLogs.bucket", ""), "connectionLogs are off"),
            ("one prefix", _balancer("connectionLogs.prefix", "access"), "logs to ['access', 'ac"),
            ("AWS's prefix", _balancer("accessLogs.prefix", "x/AWSLogs"), "logs to ['x/AWSLogs'"),
        )
    ),
    Mutation(
        controls.logging_waits_for_the_buckets_policy,
        "the name of the bucket itself",
        _waiting_for_nothing,
        "connectionLogs do not wait",
    ),
    Mutation(
        controls.load_balancers_cannot_be_deleted_by_mistake,
        "no protection by AWS",
        _balancer("enableDeletionProtection", value=False),
        "AWS deletes it",
    ),
    Mutation(
        controls.load_balancers_cannot_be_deleted_by_mistake,
        "no protection by Pulumi",
        protecting(LOAD_BALANCER, "public-lb", protect=False),
        "Pulumi deletes it",
    ),
    *(
        Mutation(
            controls.load_balancers_span_zones,
            f"{subnets}",
            _balancer("subnets", subnets),
            "fewer than two subnets",
        )
        for subnets in (["subnet-1"], ["subnet-1", "subnet-1"], DELETE)
    ),
    Mutation(
        controls.public_load_balancers_have_a_firewall,
        "no association",
        removing(ASSOCIATION),
        "has no firewall",
    ),
    *(
        Mutation(
            controls.public_load_balancers_have_a_firewall,
            f"fail open is {value}",
            _balancer("enableWafFailOpen", value),
            "passes requests by the firewall",
        )
        for value in (True, DELETE)
    ),
    *(
        Mutation(
            controls.load_balancers_reach_named_groups_only,
            f"a rule with {changes}",
            _egress(**changes),
            "extra: leads from a load balancer",
        )
        for changes in (
            {"referencedSecurityGroupId": None, "cidrIpv4": "0.0.0.0/0"},
            {"referencedSecurityGroupId": None, "cidrIpv4": "10.0.0.0/8"},
            {"ipProtocol": "-1", "fromPort": None, "toPort": None},
            {"fromPort": 0, "toPort": 65535},
        )
    ),
    *(
        Mutation(controls.names_fit_and_leave_room_for_a_successor, what, change, finding)
        for what, change, finding in (
            ("25 letters", _named(TARGET_GROUP, "x" * 25), "33 characters with Pulumi's suffix"),
            ("underscore", _named(TARGET_GROUP, "turnstay_api-tg"), "letters that AWS refuses"),
            ("hyphen in front", _named(TARGET_GROUP, "-tg"), "letters that AWS refuses"),
            ("fixed", _balancer("name", "public"), "has a fixed name"),
        )
    ),
]
CONTROLS: list[Control] = [getattr(controls, name) for name in sorted(controls_of(controls))]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_load_balancer_is_found(mutation: Mutation) -> None:
    assert mutation.missed(edge()) == ""


def test_a_rule_to_one_port_of_a_group_is_no_finding() -> None:
    assert controls.load_balancers_reach_named_groups_only(_egress()(edge())) == []


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.__name__)
def test_both_stacks_hold(stack: str, control: Control) -> None:
    findings = control(platform(stack))

    assert findings == [] or (stack, control.__name__) in EXEMPT
