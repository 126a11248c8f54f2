"""Certificates, and the wait for their validation."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import ProviderError, existing
from local.provider.handler import Handler, words
from local.provider.shapes import from_aws, to_aws
from local.provider.tags import pairs
from local.provider.values import Props, picked

RECORD_SECONDS: Final = 300.0
VALIDATION_SECONDS: Final = 75 * 60.0


def _certificate(aws: Aws, arn: str) -> Props:
    return dict(aws("acm").describe_certificate(CertificateArn=arn)["Certificate"])


def _records(certificate: Props) -> list[Props]:
    options = certificate.get("DomainValidationOptions", [])
    return [each for each in options if each.get("ResourceRecord")]


class Certificate(Handler):
    """aws.acm.Certificate, requested and proved by DNS.

    Its status and dates are not among the outputs: they change when CertificateValidation succeeds, which would be
    drift of the certificate.
    """

    type = "aws:acm/certificate:Certificate"
    inputs = words("domainName keyAlgorithm options subjectAlternativeNames tags validationMethod")
    replace = words("domainName keyAlgorithm subjectAlternativeNames validationMethod")
    computed = ("arn", "domainValidationOptions", "keyAlgorithm", "subjectAlternativeNames")
    filled = words("options")
    tagging = "acm"

    def create(self, aws: Aws, new: Props) -> str:
        optional = {
            "KeyAlgorithm": new.get("keyAlgorithm"),
            "Options": to_aws(new.get("options") or {}),
            "SubjectAlternativeNames": new.get("subjectAlternativeNames"),
            "Tags": pairs(new["tagsAll"]),
        }
        answer = aws("acm").request_certificate(
            DomainName=new["domainName"],
            ValidationMethod=new["validationMethod"],
            **{key: value for key, value in optional.items() if value},
        )
        identity = str(answer["CertificateArn"])
        # One record a name: ACM makes them up some seconds after the request.
        wanted = len({new["domainName"], *(new.get("subjectAlternativeNames") or [])})
        with existing(identity):
            if new["validationMethod"] == "DNS":
                aws.wait(
                    f"validation records for {new['domainName']}",
                    lambda: len(_records(_certificate(aws, identity))) >= wanted,
                    seconds=RECORD_SECONDS,
                )
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = _certificate(aws, identity)
        own = state.get("subjectAlternativeNames") or []
        # ACM lists the domain among the alternatives, whether the program does or not.
        others = [
            name
            for name in found.get("SubjectAlternativeNames", [])
            if name != found["DomainName"] or name in own
        ]
        options = found.get("DomainValidationOptions", [])
        return {
            "arn": identity,
            "domainName": found["DomainName"],
            # Answers write it with a hyphen where requests have an underscore.
            "keyAlgorithm": found.get("KeyAlgorithm", "").replace("-", "_"),
            "options": from_aws(found.get("Options", {})),
            "subjectAlternativeNames": others,
            "validationMethod": options[0].get("ValidationMethod") if options else None,
            "domainValidationOptions": [
                {
                    "domainName": each["DomainName"],
                    **picked(
                        each["ResourceRecord"],
                        resourceRecordName="Name",
                        resourceRecordType="Type",
                        resourceRecordValue="Value",
                    ),
                }
                for each in _records(found)
            ],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("acm").update_certificate_options(
            CertificateArn=identity, Options=to_aws(new.get("options") or {})
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("acm").delete_certificate(CertificateArn=identity)


class CertificateValidation(Handler):
    """aws.acm.CertificateValidation: nothing in AWS, but the moment at which a certificate is valid."""

    type = "aws:acm/certificateValidation:CertificateValidation"
    inputs = words("certificateArn validationRecordFqdns")
    replace = inputs
    # Which records the program made is known to Route 53, and not to the certificate.
    unread = words("validationRecordFqdns")

    def create(self, aws: Aws, new: Props) -> str:
        arn = new["certificateArn"]
        if given := new.get("validationRecordFqdns"):
            _require_records(_certificate(aws, arn), given)
        aws.wait(f"validation of {arn}", lambda: self._issued(aws, arn), seconds=VALIDATION_SECONDS)
        return str(_certificate(aws, arn).get("IssuedAt", arn))

    @staticmethod
    def _issued(aws: Aws, arn: str) -> bool:
        found = _certificate(aws, arn)
        if found["Status"] == "FAILED":
            raise ProviderError(f"validation of {arn} failed: {found.get('FailureReason')}")
        return bool(found["Status"] == "ISSUED")

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        arn = state["certificateArn"]
        return {"certificateArn": arn} if self._issued(aws, arn) else None

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        """There is nothing to delete."""


def _require_records(certificate: Props, fqdns: list[str]) -> None:
    given = {each.rstrip(".").lower() for each in fqdns}
    for each in _records(certificate):
        name = each["ResourceRecord"]["Name"]
        if name.rstrip(".").lower() not in given:
            raise ProviderError(f"missing {each['DomainName']} DNS validation record: {name}")


HANDLERS: Final = (Certificate(), CertificateValidation())
