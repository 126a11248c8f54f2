"""Who can reach whom is what the catalogue says, to the last rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.network.address_plan import address_plan
from stacks import names
from stacks.catalogue import SERVICES, Service
from tests.engine.mutate import added, mutated, without
from tests.engine.platform import STACKS, platform, run_program, stack_values
from tests.engine.recording import Recording
from tests.infra.reachability import EGRESS, EVERY_PORT, INGRESS, Flow, flows

SERVICE = "aws:ecs/service:Service"
LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer"
FRONT = "public-group"
ANYWHERE = "0.0.0.0/0"
HTTPS = (443, 443)
POSTGRESQL = (5433, 5433)


def group_of(service: str) -> str:
    return f"{names.slug(service)}-tasks"


def server_of(service: Service) -> str:
    return f"{service.zone}-database-group"


def gates_of(service: Service, *, images: bool = True) -> set[str]:
    """The groups of the tasks that run before a service; without an image there is nothing to migrate with."""
    slug = names.slug(service.name)
    return {f"{slug}-{gate}-tasks" for gate in ("roles", *(["migrations"] if images else []))}


def promised(*, images: bool = True) -> set[Flow]:
    """The catalogue as ways: in by the front door, between services as they call, to the database, out by HTTPS."""
    found = {Flow(ANYWHERE, FRONT, HTTPS)}
    for each in SERVICES:
        own, port = group_of(each.name), (each.port, each.port)
        for group in {own} | gates_of(each, images=images):
            found.add(Flow(group, ANYWHERE, HTTPS))
            # HTTPS to anywhere leads to the platform's own front door too, as it does for everybody.
            found.add(Flow(group, FRONT, HTTPS))
            found.add(Flow(group, server_of(each), POSTGRESQL))
        if each.exposure == "public":
            found.add(Flow(FRONT, own, port))
        found |= {Flow(own, group_of(callee), port) for callee in each.calls}
    return found


@pytest.mark.parametrize("images", [True, False], ids=["images", "no-images"])
@pytest.mark.parametrize("stack", STACKS)
def test_the_ways_through_the_network_are_those_of_the_catalogue(stack: str, images: bool) -> None:
    assert flows(platform(stack, images=images)) == promised(images=images)


@pytest.mark.parametrize("stack", STACKS)
def test_a_database_server_is_reached_by_the_services_of_its_zone_and_their_gates_and_reaches_nobody(
    stack: str,
) -> None:
    found = flows(platform(stack))
    for zone in ("general", "card"):
        server = f"{zone}-database-group"
        users = [each for each in SERVICES if each.zone == zone]
        let_in = {group_of(each.name) for each in users}.union(*map(gates_of, users))
        assert {each.source for each in found if each.target == server} == let_in
        assert {each.ports for each in found if each.target == server} == {POSTGRESQL}
        assert {each for each in found if each.source == server} == set()


@pytest.mark.parametrize("stack", STACKS)
def test_from_the_internet_only_https_of_the_load_balancer_is_open(stack: str) -> None:
    groups = {group_of(each.name) for each in SERVICES} | {FRONT}
    groups |= set().union(*map(gates_of, SERVICES))
    inward = {each for each in flows(platform(stack)) if each.source not in groups}
    assert inward == {Flow(ANYWHERE, FRONT, HTTPS)}


@pytest.mark.parametrize("stack", STACKS)
def test_the_card_service_is_reached_by_the_load_balancer_and_its_callers_alone(stack: str) -> None:
    card = group_of("secure_card_service")
    callers = {group_of(each.name) for each in SERVICES if "secure_card_service" in each.calls}
    reaching = {each.source for each in flows(platform(stack)) if each.target == card}
    assert reaching == {FRONT, *callers}
    leading = {each.target for each in flows(platform(stack)) if each.source == card}
    server = "card-database-group"
    assert leading == {ANYWHERE, FRONT, server}, "card data has no way on to another service"


@pytest.mark.parametrize("stack", STACKS)
def test_everything_on_the_network_stands_in_the_one_group_that_was_made_for_it(stack: str) -> None:
    recording = platform(stack)
    assert {
        each.inputs["name"]: each.inputs["networkConfiguration"]["securityGroups"]
        for each in recording.all(SERVICE)
    } == {names.slug(each.name): [f"{group_of(each.name)}-id"] for each in SERVICES}
    (front,) = recording.all(LOAD_BALANCER)
    assert front.inputs["securityGroups"] == [f"{FRONT}-id"]


def test_endpoints_are_reached_by_the_tiers_that_hold_tasks_and_reach_nobody() -> None:
    values = stack_values("prod")
    values["network"]["interface_endpoints"] = ["logs"]
    more = flows(run_program(values, stack="prod")) - promised()
    plan, group = address_plan(values["network"]["cidr"]), "network-endpoints-group"
    tasks = {group_of(each.name) for each in SERVICES}.union(*map(gates_of, SERVICES))
    sources = {plan["private"].cidr, plan["card"].cidr, *tasks}
    assert more == {Flow(source, group, HTTPS) for source in sources}


def _open(recording: Recording) -> Recording:
    rule = {"securityGroupId": "ledger-tasks-id", "ipProtocol": "-1", "cidrIpv4": "10.0.0.0/8"}
    return added(recording, INGRESS, "open", rule)


def _wider(recording: Recording) -> Recording:
    name = "recon-calls-ledger"
    for kind, side in ((EGRESS, "egress"), (INGRESS, "ingress")):
        recording = mutated(recording, kind, f"{name}-{side}", "toPort", 9000)
    return recording


def _moved(recording: Recording) -> Recording:
    path, name = "referencedSecurityGroupId", "secure-card-service-tasks-id"
    recording = mutated(recording, EGRESS, "recon-calls-ledger-egress", path, name)
    back = "turnstay-api-calls-secure-card-service-ingress"
    return mutated(recording, INGRESS, back, path, "recon-tasks-id")


def _into_the_card_server(recording: Recording) -> Recording:
    path, server = "referencedSecurityGroupId", f"{CARD_SERVER}-id"
    recording = mutated(recording, EGRESS, "ledger-database-egress", path, server)
    return mutated(
        recording, INGRESS, "secure-card-service-database-ingress", path, "ledger-tasks-id"
    )


API, RECON, LEDGER, CARD = map(group_of, ("turnstay_api", "recon", "ledger", "secure_card_service"))
PORT = (8000, 8000)
CARD_SERVER, GENERAL_SERVER = "card-database-group", "general-database-group"


@pytest.mark.parametrize(
    ("change", "more", "less"),
    [
        (_open, {Flow("10.0.0.0/8", LEDGER, EVERY_PORT)}, set()),
        (_wider, {Flow(RECON, LEDGER, (8000, 9000))}, {Flow(RECON, LEDGER, PORT)}),
        (_moved, {Flow(RECON, CARD, PORT)}, {Flow(RECON, LEDGER, PORT), Flow(API, CARD, PORT)}),
        (
            _into_the_card_server,
            {Flow(LEDGER, CARD_SERVER, POSTGRESQL)},
            {Flow(LEDGER, GENERAL_SERVER, POSTGRESQL), Flow(CARD, CARD_SERVER, POSTGRESQL)},
        ),
        (
            lambda recording: without(recording, INGRESS, "recon-calls-ledger-ingress"),
            set(),
            {Flow(RECON, LEDGER, PORT)},
        ),
    ],
    ids=["opened to addresses", "more ports", "led elsewhere", "card server", "half of it gone"],
)
def test_a_rule_that_is_not_the_catalogues_is_seen(
    change: Callable[[Recording], Recording], more: set[Flow], less: set[Flow]
) -> None:
    found = flows(change(platform("staging")))
    assert more <= found
    assert promised() - found == less
