"""Controls on certificates and public names: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from typing import Final

from tests.controls.load_balancers import LISTENER
from tests.engine.recording import Recording
from tests.engine.registration import Registration

CERTIFICATE: Final = "aws:acm/certificate:Certificate"
VALIDATION: Final = "aws:acm/certificateValidation:CertificateValidation"
RECORD: Final = "aws:route53/record:Record"
KEYS: Final = {"RSA_2048", "EC_prime256v1", "EC_secp384r1"}


def certificates_renew_by_themselves(recording: Recording) -> list[str]:
    """ACM.1: proved by DNS, with a record that stays for every name."""
    findings = []
    for certificate in recording.all(CERTIFICATE):
        if certificate.inputs.get("validationMethod") != "DNS":
            findings.append(f"{certificate.name}: is not proved by DNS")
        records = {
            each.inputs["name"]
            for each in recording.all(RECORD)
            if certificate.urn in each.property_dependencies.get("name", ())
        }
        findings += [
            f"{certificate.name}: no record proves {name}"
            for name in _names(certificate)
            if f"_validate.{name}." not in records
        ]
    return findings


def certificates_have_strong_keys(recording: Recording) -> list[str]:
    """ACM.2. Named, for the default may change."""
    return [
        f"{each.name}: its key is {each.inputs.get('keyAlgorithm')}"
        for each in recording.all(CERTIFICATE)
        if each.inputs.get("keyAlgorithm") not in KEYS
    ]


def certificates_name_every_host(recording: Recording) -> list[str]:
    """A wildcard vouches for hosts that nobody has thought of; a host that is missing has no certificate at all."""
    named = {name for each in recording.all(CERTIFICATE) for name in _names(each)}
    public = {each.inputs["name"] for each in recording.all(RECORD) if each.inputs.get("aliases")}
    return [
        *(f"{name} is a wildcard" for name in sorted(named) if "*" in name),
        *(f"{host}: no certificate names it" for host in sorted(public - named)),
    ]


def certificates_fit_what_acm_takes(recording: Recording) -> list[str]:
    """The first name is the subject, of 64 characters at most."""
    return [
        f"{each.name}: its subject has {len(each.inputs['domainName'])} characters"
        for each in recording.all(CERTIFICATE)
        if len(each.inputs["domainName"]) > 64
    ]


def listeners_wait_for_a_valid_certificate(recording: Recording) -> list[str]:
    """A listener refuses a certificate that is still pending."""
    valid = {each.urn for each in recording.all(VALIDATION)}
    return [
        f"{each.name}: takes a certificate before it is valid"
        for each in recording.all(LISTENER)
        if not valid & set(each.property_dependencies.get("certificateArn", ()))
    ]


def certificates_are_replaced_while_they_serve(recording: Recording) -> list[str]:
    """The new one comes first; a listener keeps the old one from being deleted anyway."""
    return [
        f"{each.name}: the old one would go first"
        for each in recording.all(CERTIFICATE)
        if each.delete_before_replace
    ]


def _names(certificate: Registration) -> list[str]:
    return [
        certificate.inputs["domainName"],
        *certificate.inputs.get("subjectAlternativeNames", []),
    ]
