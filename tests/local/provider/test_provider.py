"""The provider as a whole: its settings, its errors, its functions, and resources that it did not make."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from local.provider.checking import DEFAULTS
from local.provider.rpc import DETAILS_KEY
from local.provider.values import decode, encode
from tests.local.provider.conftest import ACCOUNT_ID
from tests.local.provider.driver import Driver, RefusedError, Resource

GROUP = "aws:cloudwatch/logGroup:LogGroup"
MASKING = "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy"
ROLE = "aws:iam/role:Role"


def test_the_engine_is_asked_for_plain_values_and_told_of_previews(driver: Driver) -> None:
    assert driver.configured == provider_pb2.ConfigureResponse(
        supportsPreview=True, acceptSecrets=False, acceptResources=False, acceptOutputs=False
    )


def test_only_an_allowed_account_is_touched(endpoint: str) -> None:
    assert endpoint
    Driver(allowedAccountIds=f'["{ACCOUNT_ID}"]')
    with pytest.raises(RefusedError, match=f"AWS account ID not allowed: {ACCOUNT_ID}, allowed is"):
        Driver(allowedAccountIds='["999988887777"]')


def test_a_setting_that_would_be_ignored_is_refused() -> None:
    with pytest.raises(RefusedError, match="no setting assumeRoles; it knows allowedAccountIds, d"):
        Driver(assumeRoles="[]")
    Driver(skipCredentialsValidation="true", version="7.51.1")


def test_a_provider_without_a_region_takes_the_environments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    assert Driver(region="").provider.aws().region == "eu-north-1"
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    with pytest.raises(RefusedError, match="has no region: set its `region`, or AWS_REGION"):
        Driver(region="")


def test_another_region_is_another_provider(driver: Driver) -> None:
    def diff(old: dict[str, str], new: dict[str, str]) -> Any:
        request = provider_pb2.DiffRequest(olds=encode(old), news=encode(new))
        return driver.provider.DiffConfig(request, None)

    ireland = {"region": "eu-west-1"}
    assert diff(ireland, {"region": "eu-north-1"}).replaces == ["region"]
    assert diff(ireland, {**ireland, "defaultTags": "{}"}).replaces == []
    assert diff(ireland, ireland).changes == provider_pb2.DiffResponse.DIFF_NONE


def test_an_error_carries_awss_code_and_message(driver: Driver) -> None:
    inputs = {"name": "role", "assumeRolePolicy": '{"Version": "2012-10-17", "Statement": []}'}
    with pytest.raises(RefusedError) as refused:
        driver.create("aws:ec2/vpc:Vpc", "vpc", {"cidrBlock": "10.0.0.0/8"})
    assert str(refused.value) == (
        "creating aws:ec2/vpc:Vpc: CreateVpc: InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid."
    )
    with pytest.raises(RefusedError, match="creating aws:iam/role:Role: assumeRolePolicy is m"):
        driver.create(ROLE, "role", {"name": "role"})
    role = driver.create(ROLE, "role", {**inputs, "assumeRolePolicy": "{}"})
    with pytest.raises(RefusedError, match="creating aws:iam/role:Role: CreateRole: EntityAlready"):
        driver.create(ROLE, "role", {**inputs, "assumeRolePolicy": "{}"})
    driver.delete(role)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """An account that answers everything as moto answers what it lacks; gives the requests it got."""
    requests: list[str] = []

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            requests.append(self.path)
            page = b"<!doctype html><title>500 Internal Server Error</title>"
            self.send_response(500)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    yield requests
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("kind", "inputs", "operation"),
    [
        (MASKING, {"logGroupName": "/a", "policyDocument": "{}"}, "PutDataProtectionPolicy"),
        ("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"}, "this operation"),
    ],
    ids=["JSON", "XML"],
)
def test_what_moto_lacks_is_one_clear_error_and_not_tried_again(
    broken: list[str], kind: str, inputs: dict[str, str], operation: str
) -> None:
    with pytest.raises(RefusedError, match="implement") as refused:
        Driver().create(kind, "name", inputs)
    assert str(refused.value).startswith(f"creating {kind}: ")
    assert operation in str(refused.value)
    assert len(broken) == 1


def test_a_resource_that_could_not_be_finished_is_recorded_with_what_it_has(
    driver: Driver, aws: Callable[[str], Any]
) -> None:
    with pytest.raises(RefusedError) as refused:
        driver.create(GROUP, "group", {"name": "/half", "retentionInDays": 31})
    assert "creating aws:cloudwatch/logGroup:LogGroup: PutRetentionPolicy: " in str(refused.value)
    status = status_pb2.Status.FromString(refused.value.metadata[DETAILS_KEY])
    failed = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(failed)
    assert failed.id == "/half"
    assert list(failed.reasons) == [str(refused.value)]
    outputs = decode(failed.properties)
    assert outputs["retentionInDays"] == 0
    assert outputs["arn"].endswith(":log-group:/half")
    aws("logs").delete_log_group(logGroupName="/half")


def test_a_wait_ends_when_the_engine_cancels(endpoint: str, aws: Callable[[str], Any]) -> None:
    assert endpoint
    arn = aws("acm").request_certificate(DomainName="a.example", ValidationMethod="DNS")
    driver = Driver()
    driver.provider.Cancel(None, None)
    with pytest.raises(RefusedError, match="cancelled while waiting: validation of arn:aws:acm"):
        driver.create(
            "aws:acm/certificateValidation:CertificateValidation",
            "validation",
            {"certificateArn": arn["CertificateArn"]},
        )


def test_a_validation_without_its_records_is_refused_at_once(
    driver: Driver, aws: Callable[[str], Any]
) -> None:
    arn = aws("acm").request_certificate(DomainName="b.example", ValidationMethod="DNS")
    with pytest.raises(RefusedError, match=r"missing b.example DNS validation record: _"):
        driver.create(
            "aws:acm/certificateValidation:CertificateValidation",
            "validation",
            {
                "certificateArn": arn["CertificateArn"],
                "validationRecordFqdns": ["_other.b.example"],
            },
        )


def test_a_resource_of_somebody_else_is_read_with_all_that_a_program_can_say(
    driver: Driver, aws: Callable[[str], Any]
) -> None:
    aws("logs").create_log_group(logGroupName="/found", tags={"owner": "ops"})
    aws("logs").put_retention_policy(logGroupName="/found", retentionInDays=30)
    urn = f"urn:pulumi:test::project::{GROUP}::found"
    found = driver.refresh(Resource(urn, GROUP, "found", "/found"))
    assert found is not None
    assert found.inputs == {
        "logGroupClass": "STANDARD",
        "name": "/found",
        "retentionInDays": 30,
        "tags": {"owner": "ops"},
        "tagsAll": {"owner": "ops"},
        DEFAULTS: [],
    }


def test_a_tag_of_somebody_else_is_drift_and_goes(
    driver: Driver, aws: Callable[[str], Any]
) -> None:
    group = driver.create(GROUP, "group", {"tags": {"service": "ledger"}})
    aws("logs").tag_resource(resourceArn=group.outputs["arn"], tags={"owner": "ops"})
    found = driver.refresh(group)
    assert found is not None
    assert found.inputs["tags"] == {"service": "ledger", "owner": "ops"}
    wanted = {"tags": {"service": "ledger"}}
    assert driver.diff(found, wanted).changed == ["tags", "tagsAll"]
    assert driver.update(found, wanted).outputs["tagsAll"] == {
        "project": "turnstay",
        "service": "ledger",
    }


def test_the_functions_answer_from_the_account(driver: Driver, aws: Callable[[str], Any]) -> None:
    identity = driver.invoke("aws:index/getCallerIdentity:getCallerIdentity")
    assert identity["accountId"] == ACCOUNT_ID
    assert driver.invoke("aws:index/getRegion:getRegion")["region"] == "eu-west-1"
    account = driver.invoke("aws:elb/getServiceAccount:getServiceAccount")
    assert account["arn"] == "arn:aws:iam::156460612806:root"

    made = aws("route53").create_hosted_zone(Name="found.example", CallerReference="found")
    aws("route53").create_hosted_zone(
        Name="found.example",
        CallerReference="private",
        HostedZoneConfig={"PrivateZone": True},
        VPC={"VPCRegion": "eu-west-1", "VPCId": aws("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]},
    )
    zone = driver.invoke("aws:route53/getZone:getZone", name="found.example")
    assert zone["zoneId"] == made["HostedZone"]["Id"].removeprefix("/hostedzone/")
    assert zone["name"] == "found.example"
    assert zone["nameServers"] == made["DelegationSet"]["NameServers"]
    by_id = driver.invoke("aws:route53/getZone:getZone", zoneId=zone["zoneId"])
    assert by_id == zone


def test_the_key_behind_an_alias_is_found_by_it(driver: Driver, aws: Callable[[str], Any]) -> None:
    key = aws("kms").create_key()["KeyMetadata"]
    aws("kms").create_alias(AliasName="alias/turnstay-state-x", TargetKeyId=key["KeyId"])
    found = driver.invoke("aws:kms/getAlias:getAlias", name="alias/turnstay-state-x")
    assert (found["targetKeyId"], found["targetKeyArn"]) == (key["KeyId"], key["Arn"])
    with pytest.raises(RefusedError, match="no key has the alias alias/turnstay-state: create it"):
        driver.invoke("aws:kms/getAlias:getAlias", name="alias/turnstay-state")


def test_a_function_that_has_no_answer_says_why(driver: Driver) -> None:
    with pytest.raises(
        RefusedError, match=r"does not know aws:ec2/getAmi:getAmi; it knows aws:elb"
    ):
        driver.invoke("aws:ec2/getAmi:getAmi")
    with pytest.raises(RefusedError, match=r"0 hosted zones match none.example: create it first"):
        driver.invoke("aws:route53/getZone:getZone", name="none.example")
    with pytest.raises(
        RefusedError, match="unknown ELB account for region eu-central-2, known are"
    ):
        driver.invoke("aws:elb/getServiceAccount:getServiceAccount", region="eu-central-2")


def test_a_record_of_another_type_takes_the_place_of_the_first(
    driver: Driver, aws: Callable[[str], Any]
) -> None:
    made = aws("route53").create_hosted_zone(Name="types.example", CallerReference="types")
    zone = made["HostedZone"]["Id"].removeprefix("/hostedzone/")
    inputs = {"zoneId": zone, "name": "a", "type": "CNAME", "records": ["b.example"], "ttl": 60}
    record = driver.create("aws:route53/record:Record", "record", inputs)
    assert record.outputs["fqdn"] == "a.types.example"
    driver.update(record, {**inputs, "type": "TXT", "records": ['"text"']})
    records = aws("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    types = {each["Type"] for each in records if each["Name"] == "a.types.example."}
    assert types == {"TXT"}


def test_clients_are_made_once(driver: Driver) -> None:
    assert driver.provider.aws()("logs") is driver.provider.aws()("logs")
    assert isinstance(driver.provider.aws()("logs"), type(boto3.client("logs")).__mro__[1])
