"""The account as a server in this process."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from local.account.errors import AccountError
from local.account.identity import started
from local.account.server import Account
from tests.local.account.workbench import SESSION, TINY, Workbench, account_id, until


def client(account: Account, service: str) -> Any:
    return SESSION.client(service, endpoint_url=account.endpoint)


def test_two_accounts_side_by_side_know_nothing_of_each_other() -> None:
    with Account(account_id(), {}) as one, Account(account_id(), {}) as two:
        for account in (one, two):
            assert client(account, "sts").get_caller_identity()["Account"] == account.account_id
        client(one, "logs").create_log_group(logGroupName="/one")
        client(one, "ecs").create_cluster(clusterName="stage")
        client(one, "s3").create_bucket(Bucket=f"bucket-{one.account_id}", **SOMEWHERE)
        assert client(two, "logs").describe_log_groups()["logGroups"] == []
        assert client(two, "ecs").list_clusters()["clusterArns"] == []
        assert client(two, "s3").list_buckets()["Buckets"] == []


SOMEWHERE: Any = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-1"}}


def test_an_account_begins_empty_each_time() -> None:
    name = account_id()
    for _ in range(2):
        with Account(name, {}) as account:
            s3 = client(account, "s3")
            assert s3.list_buckets()["Buckets"] == []
            s3.create_bucket(Bucket=f"bucket-{name}", **SOMEWHERE)


def test_an_id_runs_once_in_a_process_and_the_first_keeps_what_it_has() -> None:
    with Account(account_id(), {}) as account:
        client(account, "ecs").create_cluster(clusterName="stage")
        with pytest.raises(
            AccountError, match=f"{account.account_id} runs already in this process"
        ):
            Account(account.account_id, {}).start()
        assert len(client(account, "ecs").list_clusters()["clusterArns"]) == 1


def test_it_listens_on_loopback_only() -> None:
    with Account(account_id(), {}) as account:
        assert account.endpoint.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AccountError, match=f"port {port} of 127.0.0.1 cannot be used"):
            Account(account_id(), {}, port=port).start()


@pytest.mark.parametrize(
    ("name", "images", "message"),
    [
        ("12", {}, "twelve digits, got '12'"),
        ("1" * 12, {"(": TINY}, r"image '\(' is no regular expression"),
        ("1" * 12, {"x": Path("/none")}, "image 'x': /none is not a folder"),
    ],
    ids=["id", "expression", "folder"],
)
def test_what_cannot_work_is_said_before_anything_starts(
    name: str, images: dict[str, Path], message: str
) -> None:
    with pytest.raises(AccountError, match=message):
        Account(name, images)


def test_an_id_that_moto_would_ignore_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTO_ACCOUNT_ID", "1" * 12)
    with pytest.raises(AccountError, match="MOTO_ACCOUNT_ID is 111111111111"):
        Account("2" * 12, {})


@pytest.mark.parametrize(
    ("service", "operation", "parameters"),
    [
        ("ecs", "describe_service_revisions", {"serviceRevisionArns": ["x"]}),
        ("elbv2", "describe_trust_stores", {}),
        ("ec2", "describe_vpc_block_public_access_options", {}),
        ("route53", "list_cidr_collections", {}),
        ("auditmanager", "get_account_status", {}),
    ],
    ids=["json", "query", "ec2", "xml", "no such service"],
)
def test_what_is_missing_is_an_error_that_says_so_and_is_not_tried_again(
    shared_bench: Workbench, service: str, operation: str, parameters: Any
) -> None:
    with pytest.raises(ClientError) as caught:
        getattr(shared_bench.client(service), operation)(**parameters)
    answer = caught.value.response
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert answer["ResponseMetadata"]["RetryAttempts"] == 0
    assert "local account" in answer["Error"]["Message"]


def test_what_breaks_inside_is_an_error_that_says_so_and_is_not_tried_again(
    shared_bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ValueError("a defect <of moto>")

    monkeypatch.setattr("moto.elbv2.models.ELBv2Backend.describe_load_balancers", break_down)
    with pytest.raises(
        ClientError, match="the local account failed: ValueError: a defect <of moto>"
    ) as caught:
        shared_bench.client("elbv2").describe_load_balancers()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501


def test_ecs_outside_of_our_accounts_is_plain_moto() -> None:
    insights = {"name": "containerInsights", "value": "enabled"}
    with Account(account_id(), {}), mock_aws():
        ecs = boto3.client("ecs", region_name="eu-west-1")
        ecs.create_cluster(clusterName="stage", settings=[insights])
        ecs.create_cluster(clusterName="stage")
        (cluster,) = ecs.describe_clusters(clusters=["stage"])["clusters"]
        assert cluster["settings"][0]["value"] == "disabled"  # moto makes it anew


def test_an_account_that_runs_keeps_what_it_has_while_others_use_moto() -> None:
    with Account(account_id(), {}) as account:
        client(account, "ecs").create_cluster(clusterName="kept")
        with mock_aws():
            boto3.client("ecs", region_name="eu-west-1").create_cluster(clusterName="theirs")
        with mock_aws():
            assert boto3.client("ecs", region_name="eu-west-1").list_clusters()["clusterArns"] == []
        assert len(client(account, "ecs").list_clusters()["clusterArns"]) == 1


def test_after_its_end_it_answers_nobody_and_nothing_of_it_runs() -> None:
    with Account(account_id(), {"^tiny[:@]": TINY}) as account:
        bench = Workbench(account).prepare()
        kept = bench.ecs
        arn = bench.run({"command": ["sh", "-c", "echo $$; exec sleep 600"]})
        (pid,) = until(lambda: bench.lines(arn), "the number of its process")
    with pytest.raises(EndpointConnectionError):
        kept.list_clusters()
    assert started(int(pid)) is None


def test_a_container_asks_about_its_own_task(bench: Workbench) -> None:
    ask = "import json, os, urllib.request as r; u = os.environ['ECS_CONTAINER_METADATA_URI_V4'];"
    show = "print(json.dumps([json.load(r.urlopen(u + page)) for page in ('', '/task')]))"
    arn = bench.run({"command": ["python", "-c", ask + show]})
    bench.wait(arn)
    container, task = json.loads(bench.lines(arn)[0])
    assert container["Name"] == "app"
    assert (task["TaskARN"], task["Family"], task["KnownStatus"]) == (arn, "t", "RUNNING")
    assert task["Revision"] == bench.task(arn)["taskDefinitionArn"].rsplit(":", 1)[1]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{bench.account.endpoint}/v4/stranger-app/task")  # noqa: S310
