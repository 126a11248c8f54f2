from __future__ import annotations

import pytest

from components.edge.host_names import certificate_names


def test_the_domain_is_first_and_the_order_of_hosts_means_nothing() -> None:
    expected = ("turnstay.com", "api.turnstay.com", "cards.turnstay.com")

    assert certificate_names("turnstay.com", ["cards.turnstay.com", "api.turnstay.com"]) == expected
    assert certificate_names("turnstay.com", ["api.turnstay.com", "cards.turnstay.com"]) == expected


def test_no_name_stands_there_twice() -> None:
    assert certificate_names(
        "turnstay.com", ["api.turnstay.com", "turnstay.com", "api.turnstay.com"]
    ) == ("turnstay.com", "api.turnstay.com")


def test_a_domain_without_hosts_is_a_certificate_too() -> None:
    assert certificate_names("turnstay.com", []) == ("turnstay.com",)


@pytest.mark.parametrize(
    ("domain", "hosts", "message"),
    [
        ("turnstay.com", ["*.turnstay.com"], r"without a wildcard, got '\*\.turnstay\.com'"),
        ("turnstay.com", ["API.turnstay.com"], "in lower case without a wildcard"),
        ("turnstay.com", ["api.turnstay.com."], "got 'api.turnstay.com.'"),
        ("turnstay", [], "full host names in lower case without a wildcard, got 'turnstay'"),
        ("turnstay.com", ["-a.turnstay.com"], "got '-a.turnstay.com'"),
        ("turnstay.com", ["api.turnstay.org"], r"lie in turnstay\.com, got \['api.turnstay.org'\]"),
        ("turnstay.com", ["apiturnstay.com"], r"lie in turnstay\.com, got \['apiturnstay.com'\]"),
        (
            f"{'a' * 60}.turnstay.com",
            [],
            "at most 64 characters, got 73: aaaa",
        ),
    ],
)
def test_names_that_acm_would_refuse_or_that_are_not_ours_are_refused(
    domain: str, hosts: list[str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        certificate_names(domain, hosts)
