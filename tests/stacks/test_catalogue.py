"""The catalogue agrees with itself, and with what the customer says of the services."""

from __future__ import annotations

import dataclasses

import pytest

from stacks.catalogue import CATALOGUE, SERVICES, Service
from stacks.names import identifier, slug

EACH = pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])


def test_the_customers_seven_services_are_there_in_a_fixed_order() -> None:
    assert list(CATALOGUE) == [
        "turnstay_api",
        "ledger",
        "recon",
        "treasury",
        "payouts",
        "webhook-service",
        "secure_card_service",
    ]
    assert tuple(CATALOGUE.values()) == SERVICES


def test_who_calls_whom() -> None:
    assert {service.name: service.calls for service in SERVICES if service.calls} == {
        "turnstay_api": ("ledger", "recon", "payouts", "secure_card_service"),
        "recon": ("ledger",),
        "treasury": ("ledger",),
        "payouts": ("ledger", "treasury"),
        "webhook-service": ("turnstay_api", "ledger"),
    }


def test_three_services_are_public_and_one_handles_cards() -> None:
    public = [service.name for service in SERVICES if service.exposure == "public"]
    assert public == ["turnstay_api", "webhook-service", "secure_card_service"]
    assert [service.name for service in SERVICES if service.zone == "card"] == [
        "secure_card_service"
    ]


@EACH
def test_a_service_calls_known_others_and_never_itself(service: Service) -> None:
    assert set(service.calls) <= CATALOGUE.keys() - {service.name}
    assert len(set(service.calls)) == len(service.calls)


def test_nothing_flows_out_of_the_card_zone() -> None:
    for service in SERVICES:
        if service.zone == "card":
            assert service.calls == ()


@EACH
def test_no_service_promises_to_be_faster_than_one_it_waits_for(service: Service) -> None:
    for callee in service.calls:
        assert service.objectives.latency_ms >= CATALOGUE[callee].objectives.latency_ms


@EACH
def test_no_payment_needs_a_service_that_promises_less(service: Service) -> None:
    """turnstay_api shows what recon found, but no payment waits for it."""
    for callee in set(service.calls) - {"recon"}:
        promised = CATALOGUE[callee].objectives.availability_percent
        assert service.objectives.availability_percent <= promised


@EACH
def test_what_is_on_the_money_path_is_never_interrupted(service: Service) -> None:
    assert service.objectives.availability_percent in (99.9, 99.95)
    assert service.interruptible == (service.objectives.availability_percent == 99.9)


@EACH
def test_variables_have_one_source(service: Service) -> None:
    variables = (*service.secrets, *service.optional_secrets)
    assert len(set(variables)) == len(variables)
    assert not {"DATABASE_URL", "ENVIRONMENT"} & set(variables)


@EACH
def test_a_service_gets_what_the_customer_lists(service: Service) -> None:
    assert service.secrets == ("DESCOPE_PROJECT_ID", "DESCOPE_MANAGEMENT_KEY", "SECRET_KEY")
    assert service.optional_secrets == ("HONEYBADGER_API_KEY", "SLACK_WEBHOOK_URL")
    assert service.migration_command == ("alembic", "upgrade", "head")


@EACH
def test_the_command_is_uvicorn_alone_on_the_services_port(service: Service) -> None:
    assert " ".join(service.command) == (
        f"uvicorn app.main:app --host 0.0.0.0 --port {service.port}"
    )


@EACH
def test_every_service_has_a_database_of_its_own(service: Service) -> None:
    assert service.database == identifier(service.name)


def test_no_two_services_have_the_same_slug_or_database() -> None:
    assert len({slug(service.name) for service in SERVICES}) == len(SERVICES)
    assert len({service.database for service in SERVICES}) == len(SERVICES)


def test_the_catalogue_does_not_change() -> None:
    with pytest.raises(TypeError):
        CATALOGUE["refunds"] = SERVICES[0]  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        SERVICES[0].port = 80  # type: ignore[misc]
