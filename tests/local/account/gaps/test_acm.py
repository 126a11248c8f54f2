"""Certificates that wait for their records."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.account.workbench import Workbench


def test_a_certificate_is_issued_when_all_its_records_are_there(bench: Workbench) -> None:
    acm, route53 = bench.client("acm"), bench.client("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference=bench.cluster)[
        "HostedZone"
    ]["Id"]
    arn = acm.request_certificate(
        DomainName="example.com",
        SubjectAlternativeNames=["*.example.com", "api.example.com"],
        ValidationMethod="DNS",
        Options={"CertificateTransparencyLoggingPreference": "ENABLED"},
    )["CertificateArn"]

    def certificate() -> Any:
        return acm.describe_certificate(CertificateArn=arn)["Certificate"]

    options = certificate()["DomainValidationOptions"]
    records = {each["ResourceRecord"]["Name"]: each["ResourceRecord"]["Value"] for each in options}
    assert len(records) == 2  # a wildcard shares the record of its domain
    for name, value in records.items():
        assert certificate()["Status"] == "PENDING_VALIDATION"
        record = {"Name": name, "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": value}]}
        change = {"Action": "UPSERT", "ResourceRecordSet": record}
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [change]})
    assert certificate()["Status"] == "ISSUED"
    assert [
        each["CertificateArn"] for each in acm.list_certificates()["CertificateSummaryList"]
    ] == [arn]


@pytest.mark.parametrize(
    ("asked", "shown"), [("EC_prime256v1", "EC_prime256v1"), ("RSA_2048", "RSA-2048")]
)
def test_a_certificate_shows_the_kind_of_key_that_was_asked_for(
    bench: Workbench, asked: str, shown: str
) -> None:
    acm = bench.client("acm")
    arn = acm.request_certificate(
        DomainName="example.com", ValidationMethod="DNS", KeyAlgorithm=asked
    )["CertificateArn"]
    assert acm.describe_certificate(CertificateArn=arn)["Certificate"]["KeyAlgorithm"] == shown
