from __future__ import annotations

import re
from typing import Any

import pulumi
import pytest

from components.edge.certificate import Certificate
from tests.components.edge.sample import (
    CERTIFICATE,
    DOMAIN,
    HOSTS,
    RECORD,
    VALIDATION,
    certificate_args,
    misspelt,
)
from tests.engine.outputs import OUTPUTS
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/edge-certificate"


def _record(*, preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        pulumi.export("arn", Certificate("edge", certificate_args(**changes)).arn)

    return record(program, preview=preview)


def test_one_certificate_names_the_domain_and_every_host_and_no_wildcard() -> None:
    certificate = _record().one(CERTIFICATE, "edge-certificate")

    assert certificate.inputs == {
        "domainName": DOMAIN,
        "subjectAlternativeNames": list(HOSTS),
        "validationMethod": "DNS",
        "keyAlgorithm": "EC_prime256v1",
    }


def test_each_name_is_proved_by_a_record_of_its_own() -> None:
    recording = _record()

    assert {
        each.name: (each.inputs["name"], each.inputs["type"], each.inputs["zoneId"])
        for each in recording.all(RECORD)
    } == {
        f"edge-validates-{name}": (f"_validate.{name}.", "CNAME", "Z1") for name in (DOMAIN, *HOSTS)
    }


@pytest.mark.parametrize("order", [1, -1])
def test_a_record_proves_its_name_in_whatever_order_acm_answers(
    order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = OUTPUTS[CERTIFICATE]

    def reordered(name: str, inputs: dict[str, Any]) -> dict[str, Any]:
        outputs = answer(name, inputs)
        return outputs | {"domainValidationOptions": outputs["domainValidationOptions"][::order]}

    monkeypatch.setitem(OUTPUTS, CERTIFICATE, reordered)
    proof = _record().one(RECORD, f"edge-validates-{HOSTS[0]}").inputs

    assert (proof["name"], proof["records"]) == (
        f"_validate.{HOSTS[0]}.",
        ["_1.acm-validations.aws."],
    )


def test_an_answer_without_one_of_the_names_is_an_error_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = OUTPUTS[CERTIFICATE]

    def shortened(name: str, inputs: dict[str, Any]) -> dict[str, Any]:
        outputs = answer(name, inputs)
        return outputs | {"domainValidationOptions": outputs["domainValidationOptions"][:-1]}

    monkeypatch.setitem(OUTPUTS, CERTIFICATE, shortened)

    with pytest.raises(Exception, match=re.escape(f"no validation record for {HOSTS[-1]}")):
        _record()


def test_its_arn_is_that_of_the_valid_certificate() -> None:
    def program() -> None:
        pulumi.Stash("reader", input=Certificate("edge", certificate_args()).arn)

    recording = record(program)
    validation = recording.one(VALIDATION, "edge-validation")
    reader = recording.one("pulumi:index:Stash", "reader")
    component = recording.one("turnstay:edge:Certificate", "edge")

    assert reader.property_dependencies["input"] == (validation.urn,)
    assert validation.inputs == {
        "certificateArn": ARN,
        "validationRecordFqdns": [f"_validate.{name}." for name in (DOMAIN, *HOSTS)],
    }
    assert recording.outputs[component.urn] == {"arn": ARN}


def test_a_zone_that_nobody_delegated_is_not_waited_for_all_day() -> None:
    assert _record().one(VALIDATION, "edge-validation").custom_timeouts == {"create": "30m"}


def test_a_new_certificate_is_in_use_before_the_old_one_goes() -> None:
    assert not any(each.delete_before_replace for each in _record().registrations.values())


def test_a_preview_shows_every_record_though_acm_has_named_none() -> None:
    recording = _record(preview=True)

    assert recording.registrations.keys() == _record().registrations.keys()
    assert recording.one(RECORD, f"edge-validates-{DOMAIN}").inputs == {
        "zoneId": "Z1",
        "name": UNKNOWN,
        "type": UNKNOWN,
        "records": [UNKNOWN],
        "ttl": 300,
    }


def test_the_order_in_which_hosts_are_listed_changes_nothing() -> None:
    one, other = _record(), _record(hosts=HOSTS[::-1])

    assert {urn: each.inputs for urn, each in one.registrations.items()} == {
        urn: each.inputs for urn, each in other.registrations.items()
    }


def test_the_provider_knows_every_property() -> None:
    assert misspelt(_record()) == []


def test_a_host_elsewhere_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match=r"lie in staging\.turnstay\.com"):
        certificate_args(hosts=["api.turnstay.com"])
