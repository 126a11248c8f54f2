"""Controls on the secrets of services hold, and each is seen to fail on a program that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import secret_access, secrets, tasks
from tests.controls import service_secrets as controls
from tests.controls.mutation import (
    Change,
    Mutation,
    adding,
    controls_of,
    each_of,
    protecting,
    removing,
    setting,
)
from tests.controls.secret_access import POLICY
from tests.controls.secrets import PASSWORD, SECRET, VERSION
from tests.controls.service_secrets import SERVICE, STASH
from tests.controls.service_secrets_sample import DEPLOYER, VALUE, service_secrets
from tests.controls.tables import table
from tests.controls.tasks import TASK
from tests.engine.mutate import DELETE, with_options
from tests.engine.outputs import arn
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

KEY = arn("secretsmanager", "secret:turnstay/staging/ledger/secret-key-AbCdEf")
SLACK = arn("secretsmanager", "secret:turnstay/staging/ledger/slack-webhook-url-AbCdEf")
STRIPE = arn("secretsmanager", "secret:turnstay/staging/ledger/stripe-key-AbCdEf")
GATE = "ledger-secrets-done"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
READERS = "policy!.Statement.0.Condition.ArnNotLike.aws:PrincipalArn"


def _plain(name: str) -> Change:
    value = {"name": name, "value": VALUE}
    return setting(TASK, "ledger-task", "containerDefinitions!.0.environment.0", value)


def _follows(reference: str) -> Change:
    path = "containerDefinitions!.0.secrets.0.valueFrom"  # SECRET_KEY
    return setting(TASK, "ledger-task", path, reference)


def _gate(path: str, value: Any = DELETE) -> Change:
    return setting(STASH, GATE, f"input.{path}", value)


def _without_hooks(*kept: str) -> Change:
    def change(recording: Recording) -> Recording:
        return with_options(recording, STASH, GATE, hooks=dict.fromkeys(kept, ("ledger-secrets",)))

    return change


def _beside_the_gate(recording: Recording) -> Recording:
    return with_options(recording, SERVICE, "ledger-service", dependencies=())


def _reads(*arns: str) -> Change:
    path = "policy!.Statement.3.Resource"
    return setting(ROLE_POLICY, "ledger-execution-role-policy", path, list(arns))


def _same_task(recording: Recording) -> Recording:
    task = recording.one(SERVICE, "ledger-service").inputs["taskDefinition"]
    return adding(SERVICE, taskDefinition=task)(recording)


OWN = [
    *table(
        controls.no_variable_is_a_secret_in_one_task_and_plain_in_another,
        "ledger-task: app: ",
        *((f"{each} plain", _plain(each)) for each in ("SECRET_KEY", "STRIPE_KEY")),
    ),
    *table(
        controls.services_wait_for_the_values_that_operators_set,
        "ledger-service: does not wait for ledger-slack-webhook-url-secret",
        ("no gate", removing(STASH, GATE)),
        ("a gate that looks at another secret", _gate("secrets.SLACK_WEBHOOK_URL", STRIPE)),
        ("a gate that looks at none", _gate("secrets", {})),
        ("a gate of another revision", _gate("release", arn("ecs", "task-definition/other:1"))),
        ("a gate that does nothing", _without_hooks()),
        ("a gate that looks once", _without_hooks("before_create")),
        ("a service beside its gate", _beside_the_gate),
    ),
    *table(
        controls.secrets_of_a_service_are_its_own,
        ": read by extra, ledger-service",
        ("a second service with its task", _same_task),
    ),
]
SHARED = [
    *table(
        tasks.no_variable_holds_a_secret,
        "ledger-task: app: ",
        ("a plain variable", _plain("SECRET_KEY")),
        ("the value in place of its ARN", _follows(VALUE)),
    ),
    *table(
        secrets.secrets_are_encrypted_with_a_key_of_ours,
        "ledger-slack-webhook-url-secret: key ",
        *(
            (
                f"AWS's key: {value}",
                setting(SECRET, "ledger-slack-webhook-url-secret", "kmsKeyId", value),
            )
            for value in ("alias/aws/secretsmanager", DELETE)
        ),
    ),
    *table(
        secrets.secrets_that_were_deleted_can_be_saved,
        "ledger-stripe-key-secret: gone after",
        ("at once", setting(SECRET, "ledger-stripe-key-secret", "recoveryWindowInDays", 0)),
    ),
    *table(
        secrets.secrets_are_protected,
        "ledger-stripe-key-secret: not protected",
        ("no protection", protecting(SECRET, "ledger-stripe-key-secret", protect=False)),
    ),
    *table(
        secrets.passwords_are_long_and_random,
        "ledger-secret-key-value: ",
        ("short", setting(PASSWORD, "ledger-secret-key-value", "length", 31)),
        ("no way to change it", setting(PASSWORD, "ledger-secret-key-value", "keepers")),
    ),
    *table(
        secrets.values_are_secret_wherever_they_go,
        "ledger-stripe-key-version: its value is plain",
        ("plain", setting(VERSION, "ledger-stripe-key-version", "secretString", VALUE)),
    ),
    *table(
        secrets.values_are_secret_wherever_they_go,
        ": shows a value",
        ("in a variable", _plain("HARMLESS")),
        ("in a description", setting(SECRET, "ledger-stripe-key-secret", "description", VALUE)),
    ),
    *table(
        secret_access.who_starts_a_task_may_read_its_secrets,
        "ledger-task: may read",
        ("all", _reads("*")),
        ("one more", _reads(KEY, STRIPE, SLACK, f"{KEY}x")),
        ("one less", _reads(KEY, STRIPE)),
    ),
    *table(
        secret_access.who_starts_a_task_may_read_its_secrets,
        "ledger-slack-webhook-url-secret denies itself to",
        (
            "a forgotten reader",
            setting(POLICY, "ledger-slack-webhook-url-policy", READERS, [DEPLOYER]),
        ),
    ),
    *table(
        secret_access.secrets_are_read_by_named_roles_alone,
        "ledger-slack-webhook-url-secret: read by ",
        ("everybody", removing(POLICY, "ledger-slack-webhook-url-policy")),
        ("all roles", setting(POLICY, "ledger-slack-webhook-url-policy", READERS, ["*"])),
    ),
    *table(
        secret_access.tasks_name_one_version_of_a_value_that_is_ours,
        "ledger-task: app: SECRET_KEY follows the newest version",
        ("no version", _follows(KEY)),
        ("a stage", _follows(f"{KEY}::AWSCURRENT:")),
    ),
]


@pytest.mark.parametrize("mutation", each_of([*OWN, *SHARED]))
def test_a_worse_secret_is_found(mutation: Mutation) -> None:
    assert mutation.missed(service_secrets()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in OWN}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
