"""A stack grows and moves without touching what stands there already."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.platform import run_program, stack_values
from tests.infra.changes import Changes
from tests.infra.edits import after_edit, after_setting

pytestmark = pytest.mark.usefixtures("_successors_have_arns_of_their_own")


def kinds(release: Changes) -> dict[str, set[str]]:
    """The first part of each changed input, by type."""
    found: dict[str, set[str]] = {}
    for name, paths in release.changed.items():
        found.setdefault(name.split()[0], set()).update(path.split(".")[0] for path in paths)
    return found


@pytest.mark.parametrize(("stack", "zone"), [("staging", "eu-west-1c"), ("prod", "eu-west-1d")])
def test_a_further_zone_leaves_every_subnet_and_address_as_it_is(stack: str, zone: str) -> None:
    grown = after_edit(stack, lambda values: values["network"]["availability_zones"].append(zone))
    assert grown.removed == set()
    # Each of these takes further subnets in place; whatever else changed would be replaced, or cut off.
    assert kinds(grown) == {
        "LoadBalancer": {"subnets"},
        "NetworkAcl": {"subnetIds"},
        "SubnetGroup": {"subnetIds"},
        "VpcEndpoint": {"routeTableIds"},
        "Service": {"networkConfiguration"},
        "Stash": {"input"},
        # A further way out is shown and watched like the others.
        **({"Dashboard": {"dashboardBody"}} if stack == "prod" else {}),
    }
    position = len(stack_values(stack)["network"]["availability_zones"]) + 1
    tiers = ("public", "private", "data", "card")
    assert {name for name in grown.added if name.startswith("Subnet ")} == {
        f"Subnet network-vpc-{tier}-{position}" for tier in tiers
    }
    assert ("NatGateway" in {name.split()[0] for name in grown.added}) is (stack == "prod")


def moved(old: str, new: str) -> dict[str, Any]:
    return {
        "added": {f"Record {new}-address", f"Record certificate-validates-{new}"},
        "removed": {f"Record {old}-address", f"Record certificate-validates-{old}"},
    }


@pytest.mark.parametrize(
    ("service", "old", "new", "firewall"),
    [
        ("turnstay_api", "api.staging.turnstay.com", "pay.staging.turnstay.com", {}),
        (
            "secure_card_service",
            "cards.staging.turnstay.com",
            "vault.staging.turnstay.com",
            {"WebAcl": {"rules"}},
        ),
    ],
    ids=["general", "card"],
)
def test_another_host_changes_its_names_its_rule_and_the_certificate(
    service: str, old: str, new: str, firewall: dict[str, set[str]]
) -> None:
    release = after_setting("staging", service, host=new)
    slug = service.replace("_", "-")
    assert {"added": release.added, "removed": release.removed} == moved(old, new)
    assert release.changed[f"ListenerRule {slug}-host"] == {"conditions.0.hostHeader.values.0"}
    assert kinds(release) == {
        "Certificate": {"subjectAlternativeNames"},
        "CertificateValidation": {"certificateArn", "validationRecordFqdns"},
        "Listener": {"certificateArn"},
        "ListenerRule": {"conditions"},
        "MetricAlarm": {"dimensions"},  # of the certificate, which is another one now
        **firewall,
    }


def test_hosts_that_differ_in_a_hyphen_and_a_dot_are_two() -> None:
    values = stack_values("staging")
    values["services"]["turnstay_api"]["host"] = "pay-eu.staging.turnstay.com"
    values["services"]["webhook-service"]["host"] = "pay.eu.staging.turnstay.com"
    names = run_program(values).names("aws:route53/record:Record")
    assert {name for name in names if name.endswith("-address")} == {
        "pay-eu.staging.turnstay.com-address",
        "pay.eu.staging.turnstay.com-address",
        "cards.staging.turnstay.com-address",
    }
