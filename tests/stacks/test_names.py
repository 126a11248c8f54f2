"""Names that others rely on, and the limits of those who must take them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stacks import names


@pytest.mark.parametrize(
    ("service", "slug", "identifier"),
    [
        ("turnstay_api", "turnstay-api", "turnstay_api"),
        ("webhook-service", "webhook-service", "webhook_service"),
        ("ledger", "ledger", "ledger"),
        ("Ledger2", "ledger2", "ledger2"),
    ],
)
def test_a_services_name_is_written_as_aws_and_as_sql_want_it(
    service: str, slug: str, identifier: str
) -> None:
    assert names.slug(service) == slug
    assert names.identifier(service) == identifier


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (names.cluster_name("prod"), "turnstay-prod"),
        (names.namespace_name("prod"), "turnstay-prod"),
        (names.task_family("prod", "turnstay_api"), "turnstay-prod-turnstay-api"),
        (names.log_group_name("prod", "turnstay_api"), "/turnstay/prod/turnstay-api"),
        (names.log_group_name("prod", "vpc-flow-logs"), "/turnstay/prod/vpc-flow-logs"),
        (names.repository_name("prod", "turnstay_api"), "turnstay-prod/turnstay-api"),
        (names.firewall_log_group_name("prod"), "aws-waf-logs-turnstay-prod"),
        (names.key_alias("prod", "logs"), "alias/turnstay-prod-logs"),
        (names.state_key_alias("prod"), "alias/turnstay-state-prod"),
        (
            names.secret_name("prod", "webhook-service", "DESCOPE_MANAGEMENT_KEY"),
            "turnstay/prod/webhook-service/descope-management-key",
        ),
    ],
)
def test_a_name_is_what_others_look_for(name: str, expected: str) -> None:
    assert name == expected


@pytest.mark.parametrize(
    ("make", "longest"),
    [
        (names.slug, 63),
        (names.identifier, 63),
        (names.cluster_name, 255 - len("turnstay-")),
        (names.namespace_name, 1024 - len("turnstay-")),
        (lambda text: names.task_family(text, "ledger"), 255 - len("turnstay--ledger")),
        (lambda text: names.log_group_name(text, "ledger"), 512 - len("/turnstay//ledger")),
        (lambda text: names.repository_name(text, "ledger"), 256 - len("turnstay-/ledger")),
        (names.firewall_log_group_name, 512 - len("aws-waf-logs-turnstay-")),
        (lambda text: names.key_alias("demo", text), 256 - len("alias/turnstay-demo-")),
        (names.state_key_alias, 256 - len("alias/turnstay-state-")),
    ],
)
def test_the_longest_name_is_taken_and_a_longer_one_refused_with_the_limit(
    make: Callable[[str], str], longest: int
) -> None:
    name = make("a" * longest)
    message = f"has {len(name) + 1} characters, at most {len(name)} are allowed: "
    with pytest.raises(ValueError, match=message):
        make("a" * (longest + 1))


@pytest.mark.parametrize(
    "service", ["", "2fast", "-ledger", "ledger_", "led ger", "led__ger", "lédger"]
)
def test_a_name_that_dns_or_sql_would_not_take_is_refused(service: str) -> None:
    for make in (names.slug, names.identifier):
        with pytest.raises(ValueError, match=r"has characters that are not allowed there: '"):
            make(service)


def test_an_alias_with_a_foreign_character_is_refused() -> None:
    with pytest.raises(ValueError, match=r"key alias has characters .*: 'alias/turnstay-prod-a b'"):
        names.key_alias("prod", "a b")


@pytest.mark.parametrize(
    "variable", ["secret_key", "SECRET-KEY", "SECRET__KEY", "_KEY", "1KEY", ""]
)
def test_a_secret_is_called_after_a_variable(variable: str) -> None:
    with pytest.raises(ValueError, match="a secret is called after a variable such as SECRET_KEY"):
        names.secret_name("prod", "ledger", variable)
