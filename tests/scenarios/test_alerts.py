"""An alarm arrives, once on each of two ways; when one is cut, the other still brings it and nothing is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.scenarios.account_view import AccountView
from tests.scenarios.runs import until
from tests.scenarios.small_stack import ACCOUNT, SmallStack
from tests.scenarios.stand_in import DOWN, StandIn

pytestmark = pytest.mark.engine

PAGE = "ledger-availability-page"
CHILDREN = ("ledger-availability-fast-long", "ledger-availability-fast-short")
TICKET = "ledger-tasks"
SECRET_PATH = f"/services/T000/B000/{os.urandom(12).hex()}"
RUNBOOK = "https://example.com/runbooks/availability.md"


@dataclass(frozen=True)
class Scene:
    """The stack, and both who are told."""

    stack: SmallStack
    slack: StandIn
    honeybadger: StandIn

    @property
    def view(self) -> AccountView:
        return self.stack.view

    def set(self, state: str, *names: str) -> None:
        """Force alarms into a state."""
        for name in names:
            self.view.client("cloudwatch").set_alarm_state(
                AlarmName=name, StateValue=state, StateReason='because of <a test> & "more"'
            )

    def letters(self, queue: str) -> list[dict[str, Any]]:
        """Take what lies in a dead-letter queue."""
        sqs = self.view.client("sqs")
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        found = sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages", [])
        for each in found:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
        return list(found)

    def calm(self) -> None:
        """No alarm, nothing of a test before under way."""
        self.slack.begin()
        self.honeybadger.begin()
        if self._state(PAGE) == "ALARM":
            self.set("OK", *CHILDREN)
            until(lambda: self.slack.got, "the end of an alarm")
        self.slack.begin()

    def _state(self, name: str) -> str:
        found = self.view.client("cloudwatch").describe_alarms(
            AlarmNames=[name], AlarmTypes=["CompositeAlarm"]
        )
        return str(found["CompositeAlarms"][0]["StateValue"])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with (
        StandIn() as slack,
        StandIn() as honeybadger,
        SmallStack(tmp_path_factory.mktemp("alerts") / "alerts", project="alerts") as stack,
    ):
        stack.values |= {"honeybadger": honeybadger.url, "key": {"secure": "AAABAK"}}
        stack.up()
        stack.view.client("secretsmanager").put_secret_value(
            SecretId="alerts/slack-webhook-url", SecretString=slack.url + SECRET_PATH
        )
        yield Scene(stack, slack, honeybadger)


@pytest.fixture
def scene(built: Scene) -> Scene:
    built.calm()
    return built


def test_an_outage_is_one_page_on_each_way_and_children_say_nothing(scene: Scene) -> None:
    scene.set("ALARM", *CHILDREN)

    until(lambda: scene.slack.got and scene.honeybadger.got, "the page")
    (told,), (noticed,) = scene.slack.got, scene.honeybadger.got
    assert (told.method, told.path) == ("POST", SECRET_PATH)
    assert told.body["text"] == f"PAGE: {PAGE}"
    fields = dict(each["text"].split("\n", 1) for each in told.body["blocks"][2]["fields"])
    assert fields.pop("*Time*")
    assert fields == {
        "*State*": "ALARM",
        "*Severity*": "page",
        "*Owner*": "payments",
        "*Runbook*": f"<{RUNBOOK}>",
        "*Region and account*": f"eu-west-1 {ACCOUNT}",
    }
    assert (noticed.method, noticed.path) == ("POST", "/v1/notices")
    assert noticed.headers["x-api-key"].startswith("local-")
    assert noticed.body["error"] == {
        "class": PAGE,
        "fingerprint": f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:{PAGE}",
        "message": noticed.body["error"]["message"],
        "tags": ["page"],
        "backtrace": [],
    }
    context = noticed.body["request"]["context"]
    assert context.pop("time")
    assert context == {
        "account": ACCOUNT, "owner": "payments", "region": "eu-west-1", "runbook": RUNBOOK,
        "severity": "page", "state": "ALARM",
    }  # fmt: skip

    scene.set("OK", *CHILDREN)
    until(lambda: len(scene.slack.got) > 1, "the end")
    assert [each.body["text"] for each in scene.slack.got[1:]] == [f"Resolved: {PAGE}"]
    assert len(scene.honeybadger.got) == 1


def test_a_ticket_is_told_to_slack_alone(scene: Scene) -> None:
    scene.set("ALARM", TICKET)
    until(lambda: scene.slack.got, "the ticket")
    scene.set("OK", TICKET)
    until(lambda: len(scene.slack.got) > 1, "its end")
    assert [each.body["text"] for each in scene.slack.got] == [
        f"Ticket: {TICKET}", f"Resolved: {TICKET}"
    ]  # fmt: skip
    assert scene.honeybadger.got == []


def test_with_slack_down_honeybadger_is_told_and_the_page_is_kept(scene: Scene) -> None:
    scene.slack.begin(DOWN)
    scene.set("ALARM", *CHILDREN)

    until(lambda: scene.honeybadger.got, "the page")
    (letter,) = until(lambda: scene.letters("slack-letters"), "the dead letter")
    body = json.loads(letter["Body"])
    said = json.loads(body["requestPayload"]["Records"][0]["Sns"]["Message"])
    assert (said["AlarmName"], said["NewStateValue"]) == (PAGE, "ALARM")
    assert body["requestContext"]["approximateInvokeCount"] == 3
    assert body["responsePayload"]["errorMessage"] == f"Slack did not take {PAGE}: status 503"
    # Twice in each of three calls.
    assert [each.path for each in scene.slack.refused] == [SECRET_PATH] * 6
    assert len(scene.honeybadger.got) == 1


def test_with_honeybadger_down_slack_is_told_and_the_page_is_kept(scene: Scene) -> None:
    scene.honeybadger.begin(DOWN)
    scene.set("ALARM", *CHILDREN)

    until(lambda: scene.slack.got, "the page")
    (letter,) = until(lambda: scene.letters("page-letters"), "the dead letter")
    assert json.loads(letter["Body"])["detail"]["alarmName"] == PAGE
    told = {key: each["StringValue"] for key, each in letter["MessageAttributes"].items()}
    assert (told["ERROR_MESSAGE"], told["RETRY_ATTEMPTS"]) == ("HTTP status 503", "20")
    assert len(scene.honeybadger.refused) == 21
    assert len(scene.slack.got) == 1


def test_a_new_address_is_used_when_the_old_one_is_refused(scene: Scene) -> None:
    secrets = scene.view.client("secretsmanager")
    with StandIn() as other:
        scene.slack.begin(404)
        secrets.put_secret_value(SecretId="alerts/slack-webhook-url", SecretString=other.url + "/n")
        scene.set("ALARM", TICKET)
        until(lambda: other.got, "the ticket at the new address")
        assert [each.path for each in other.got] == ["/n"]
        secrets.put_secret_value(
            SecretId="alerts/slack-webhook-url", SecretString=scene.slack.url + SECRET_PATH
        )
        other.status = 404
        scene.slack.begin()
        scene.set("OK", TICKET)
        until(lambda: scene.slack.got, "the end at the old address")


def test_heartbeats_go_by_both_ways(scene: Scene) -> None:
    arn = f"arn:aws:sns:eu-west-1:{ACCOUNT}:alerts"
    scene.view.client("sns").publish(TopicArn=arn, Message=json.dumps({"heartbeat": "topic"}))
    entry = {"Source": "turnstay.test", "DetailType": "Heartbeat", "Detail": "{}"}
    scene.view.client("events").put_events(Entries=[entry])

    until(lambda: len(scene.honeybadger.got) == 2, "two check-ins")
    assert {(each.method, each.path) for each in scene.honeybadger.got} == {
        ("GET", "/v1/check_in/topic"), ("GET", "/v1/check_in/events")
    }  # fmt: skip
    assert scene.slack.got == []


def test_neither_secret_is_anywhere_it_should_not_be(built: Scene) -> None:
    """After all that happened above: the function's log, the engine's state, the runs' output and the account's log."""
    logs = built.view.client("logs")
    events = logs.filter_log_events(logGroupName="/alerts/relay")["events"]
    said = "\n".join(each["message"] for each in events)
    assert '"outcome": "delivered"' in said
    assert "NotDeliveredError" in said
    (connection,) = built.view.client("events").list_connections()["Connections"]
    described = built.view.client("events").describe_connection(Name=connection["Name"])
    name = described["SecretArn"]
    secret = built.view.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    key = json.loads(secret)["api_key_value"]
    files = [each for each in built.stack.state.folder.rglob("*") if each.is_file()]
    kept = {each.name: each.read_bytes() for each in files if "images" not in each.parts}
    assert any(b"turnstay:observability:HoneybadgerApi" in each for each in kept.values())
    for value in (SECRET_PATH, key):
        assert value not in said + json.dumps(described, default=str)
        assert [name for name, content in kept.items() if value.encode() in content] == []
