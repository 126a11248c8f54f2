"""A function is its own code in a process of its own."""

from __future__ import annotations

import json

import pytest

from tests.local.account.delivery.small_functions import Room, zipped
from tests.local.account.workbench import until

COUNT = "calls = []\ndef handle(event, context):\n    calls.append(event['n'])\n    print('told', event['n'])\n    return calls\n"
FAIL = "def handle(event, context):\n    raise ValueError('no ' + event['what'])\n"
SLEEP = "import time\ndef handle(event, context):\n    time.sleep(event['s'])\n    return 'awake'\n"
LEAVE = "import os\ndef handle(event, context):\n    os._exit(3)\n"
ENVIRONMENT = "import os\ndef handle(event, context):\n    return dict(os.environ)\n"
OUTSIDE = """
from urllib.request import urlopen
def handle(event, context):
    urlopen("https://api.honeybadger.io/", timeout=5)
"""


def test_a_copy_stays_between_calls_and_what_it_prints_is_in_its_log(room: Room) -> None:
    room.client("logs").create_log_group(logGroupName="/counting")
    room.function("counting", COUNT, LoggingConfig={"LogGroup": "/counting"})
    assert room.call("counting", {"n": 1}) == ([1], None)
    assert room.call("counting", {"n": 2}) == ([1, 2], None)
    events = room.client("logs").filter_log_events(logGroupName="/counting")["events"]
    assert [each["message"] for each in events] == ["told 1", "told 2"]


def test_new_code_is_another_copy(room: Room) -> None:
    room.function("changing", COUNT)
    room.call("changing", {"n": 1})
    code = COUNT.replace("return calls", "return ['new', *calls]")
    room.client("lambda").update_function_code(FunctionName="changing", ZipFile=zipped(code))
    assert room.call("changing", {"n": 2}) == (["new", 2], None)


def test_an_error_is_told_as_lambda_tells_it(room: Room) -> None:
    room.function("failing", FAIL)
    answer, error = room.call("failing", {"what": "luck"})
    assert error == "Unhandled"
    assert (answer["errorType"], answer["errorMessage"]) == ("ValueError", "no luck")


@pytest.mark.parametrize(
    ("source", "event", "message"),
    [(SLEEP, 60, "Task timed out after 1.00 seconds"), (LEAVE, 0, "the process has ended")],
    ids=["too long", "gone"],
)
def test_a_copy_that_is_lost_is_replaced(room: Room, source: str, event: int, message: str) -> None:
    name = f"lost-{event}"
    room.function(name, source, Timeout=1)
    answer, error = room.call(name, {"s": event})
    assert (answer["errorMessage"], error) == (message, "Unhandled")
    if source == SLEEP:
        assert room.call(name, {"s": 0}) == ("awake", None)


def test_it_has_its_own_environment_and_this_account_and_nothing_else(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OF_WHOEVER_STARTED_THE_ACCOUNT", "x")
    room.function("asking", ENVIRONMENT, Environment={"Variables": {"TOPIC": "t"}})
    found, _ = room.call("asking", {})
    assert found["TOPIC"] == "t"
    assert found["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
    assert "OF_WHOEVER_STARTED_THE_ACCOUNT" not in found


def test_there_is_no_way_off_this_machine(room: Room) -> None:
    room.function("leaving", OUTSIDE)
    answer, error = room.call("leaving", {})
    assert error == "Unhandled"
    assert "Connection refused" in answer["errorMessage"]


def test_a_call_that_nobody_waits_for_is_tried_again_and_then_buried(room: Room) -> None:
    arn = room.function("hopeless", FAIL)
    room.client("lambda").put_function_event_invoke_config(
        FunctionName="hopeless",
        MaximumRetryAttempts=1,
        DestinationConfig={"OnFailure": {"Destination": room.queue("hopeless")}},
    )
    room.client("lambda").invoke(
        FunctionName="hopeless", InvocationType="Event", Payload='{"what": "hope"}'
    )
    (letter,) = until(lambda: room.taken("hopeless"), "the dead letter")
    said = json.loads(letter["Body"])
    assert said["requestPayload"] == {"what": "hope"}
    assert said["requestContext"]["approximateInvokeCount"] == 2
    assert said["requestContext"]["functionArn"] == f"{arn}:$LATEST"
    assert said["responsePayload"]["errorMessage"] == "no hope"
