"""Controls on certificates hold, and each is seen to fail on one that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.edge.sample import CERTIFICATE, HOSTS, LISTENER, RECORD, edge
from tests.controls import certificates as controls
from tests.controls.mutation import (
    Change,
    Control,
    Mutation,
    adding,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.engine.mutate import DELETE, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

NAME = "certificate-certificate"


def _certificate(path: str, value: Any = DELETE) -> Change:
    return setting(CERTIFICATE, NAME, path, value)


def _taken_at_once(recording: Recording) -> Recording:
    certificate = recording.one(CERTIFICATE, NAME).urn
    return with_options(
        recording,
        LISTENER,
        "public-listener",
        property_dependencies={"certificateArn": (certificate,)},
    )


def _old_one_first(recording: Recording) -> Recording:
    return with_options(recording, CERTIFICATE, NAME, delete_before_replace=True)


MUTATIONS = [
    *(
        Mutation(controls.certificates_renew_by_themselves, what, change, finding)
        for what, change, finding in (
            ("by mail", _certificate("validationMethod", "EMAIL"), "not proved by DNS"),
            (
                "a name without a record",
                removing(RECORD, f"certificate-validates-{HOSTS[0]}"),
                f"no record proves {HOSTS[0]}",
            ),
            (
                "one more name",
                _certificate("subjectAlternativeNames", [*HOSTS, "new.turnstay.com"]),
                "no record proves new.turnstay.com",
            ),
        )
    ),
    *(
        Mutation(
            controls.certificates_have_strong_keys,
            f"{key}",
            _certificate("keyAlgorithm", key),
            "its key is",
        )
        for key in ("RSA_1024", DELETE)
    ),
    Mutation(
        controls.certificates_name_every_host,
        "a wildcard",
        _certificate("subjectAlternativeNames.0", "*.staging.turnstay.com"),
        "*.staging.turnstay.com is a wildcard",
    ),
    Mutation(
        controls.certificates_name_every_host,
        "a host left out",
        _certificate("subjectAlternativeNames", [HOSTS[0]]),
        f"{HOSTS[1]}: no certificate names it",
    ),
    Mutation(
        controls.certificates_name_every_host,
        "a host elsewhere",
        adding(RECORD, name="api.turnstay.org", aliases=[{"name": "lb"}]),
        "api.turnstay.org: no certificate names it",
    ),
    Mutation(
        controls.certificates_fit_what_acm_takes,
        "a long subject",
        _certificate("domainName", f"{'x' * 60}.turnstay.com"),
        "its subject has 73 characters",
    ),
    Mutation(
        controls.listeners_wait_for_a_valid_certificate,
        "the certificate itself",
        _taken_at_once,
        "before it is valid",
    ),
    Mutation(
        controls.certificates_are_replaced_while_they_serve,
        "delete before replace",
        _old_one_first,
        "the old one would go first",
    ),
]
CONTROLS: list[Control] = [getattr(controls, name) for name in sorted(controls_of(controls))]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_certificate_is_found(mutation: Mutation) -> None:
    assert mutation.missed(edge()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.__name__)
def test_both_stacks_hold(stack: str, control: Control) -> None:
    assert control(platform(stack)) == []
