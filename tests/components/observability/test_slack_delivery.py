from __future__ import annotations

import compileall
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from components.observability import slack_relay_code
from components.observability.slack_relay_code import code
from tests.components.observability import delivery_samples as samples
from tests.components.observability.delivery_samples import KEY, QUEUE, SECRET, TAGS, TOPIC
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn

FUNCTION = "aws:lambda/function:Function"
ENVIRONMENT = {
    "WEBHOOK_ARN": SECRET,
    "HEARTBEAT_URL": "https://api.honeybadger.io/v1/check_in/abc",
}


def function(**changes: Any) -> dict[str, Any]:
    recorded = samples.relay(**changes).one(FUNCTION, "relay-function")
    assert unknown_properties(recorded) == []
    return recorded.inputs


def test_the_function_has_all_that_it_needs_and_no_more() -> None:
    inputs = function()
    packed = inputs.pop("code")
    assert inputs == {
        "name": "turnstay-test-slack-relay",
        "description": "Brings alerts to Slack",
        "runtime": "python3.13",
        "architectures": ["arm64"],
        "handler": "slack_relay.handler.handle",
        "role": "arn:aws:iam::111122223333:role/relay-role",
        "memorySize": 256,
        "timeout": 20,
        "reservedConcurrentExecutions": 2,
        "environment": {"variables": ENVIRONMENT},
        "loggingConfig": {"logFormat": "JSON", "logGroup": "/turnstay/test/slack-relay"},
        "tags": TAGS,
    }
    assert {path: asset["text"] for path, asset in packed["assets"].items()} == code()


def test_without_a_listener_there_is_no_address_of_one() -> None:
    variables = function(heartbeat_url="")["environment"]["variables"]
    assert variables == {"WEBHOOK_ARN": SECRET}


def test_the_package_is_made_of_sources_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code()
    folder = tmp_path / "slack_relay"
    shutil.copytree(slack_relay_code.FOLDER, folder)
    compileall.compile_dir(folder, quiet=2)
    (folder / "notes.txt").write_text("x")
    monkeypatch.setattr(slack_relay_code, "FOLDER", folder)
    assert code() == before
    assert sorted(before) == [f"slack_relay/{name}.py" for name in
        ("__init__", "handler", "message", "notification", "posting", "webhook")]  # fmt: skip


def test_the_package_runs_where_nothing_of_this_project_is(tmp_path: Path) -> None:
    for path, text in code().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    module, _, entry = slack_relay_code.HANDLER.rpartition(".")
    start = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; from {module} import {entry}"
    command = [sys.executable, "-I", "-W", "error", "-c", start]
    subprocess.run(command, check=True, cwd=tmp_path)  # noqa: S603 - see above


def test_its_log_is_encrypted_kept_and_protected() -> None:
    log = samples.relay().one("aws:cloudwatch/logGroup:LogGroup", "relay-log")
    assert log.inputs == {
        "name": "/turnstay/test/slack-relay",
        "kmsKeyId": arn("kms", "key/logs"),
        "retentionInDays": 365,
        "tags": TAGS,
    }
    assert log.protect is True


def test_its_role_may_do_what_the_policy_says_before_the_function_is_there() -> None:
    recording = samples.relay()
    policy = recording.one("aws:iam/rolePolicy:RolePolicy", "relay-role-policy")
    assert policy.inputs["role"] == "relay-role"
    resources = {each["Sid"]: each["Resource"] for each in policy.json("policy")["Statement"]}
    assert resources == {
        "Log": f"{arn('logs', 'log-group:/turnstay/test/slack-relay')}:*",
        "Webhook": SECRET,
        "WebhookKey": arn("kms", "key/secrets"),
        "DeadLetters": QUEUE,
        "DeadLettersKey": KEY,
    }
    assert policy.urn in recording.one(FUNCTION, "relay-function").dependencies


def test_the_topic_calls_it_again_and_keeps_what_failed() -> None:
    recording = samples.topic_function()
    name, made = "turnstay-test-slack-relay", {
        each.name: each for each in recording.registrations.values() if each.custom
    }  # fmt: skip
    assert made["slack-retries"].inputs == {
        "functionName": name,
        "maximumRetryAttempts": 2,
        "maximumEventAgeInSeconds": 3600,
        "destinationConfig": {"onFailure": {"destination": QUEUE}},
    }
    assert made["slack-permission"].inputs == {
        "function": name,
        "action": "lambda:InvokeFunction",
        "principal": "sns.amazonaws.com",
        "sourceArn": TOPIC,
    }
    subscription = made["slack-subscription"]
    assert subscription.inputs == {
        "topic": TOPIC,
        "protocol": "lambda",
        "endpoint": arn("lambda", f"function:{name}"),
        "redrivePolicy": json.dumps({"deadLetterTargetArn": QUEUE}),
    }
    first = {made["slack-retries"].urn, made["slack-permission"].urn}
    assert first <= set(subscription.dependencies)
    assert [each for each in made.values() if unknown_properties(each)] == []


def test_dead_letters_are_encrypted_and_kept_for_two_weeks() -> None:
    recording = samples.queue()
    queue = recording.one("aws:sqs/queue:Queue", "dead-queue")
    assert queue.inputs == {
        "name": "turnstay-test-alerts-undelivered",
        "kmsMasterKeyId": KEY,
        "messageRetentionSeconds": 1_209_600,
        "tags": TAGS,
    }
    policy = recording.one("aws:sqs/queuePolicy:QueuePolicy", "dead-policy")
    assert policy.inputs["queueUrl"].endswith("/turnstay-test-alerts-undelivered")
    statements = policy.json("policy")["Statement"]
    assert [each["Sid"] for each in statements] == ["TlsOnly", "Send1", "Send2"]
    assert {each["Resource"] for each in statements} == {QUEUE}
    assert [each for each in (queue, policy) if unknown_properties(each)] == []
