"""What each task may do in AWS: what it cannot start without, and no more."""

from __future__ import annotations

from typing import Final

import pytest

from stacks import names
from stacks.catalogue import REQUIRED_SECRETS
from tests.engine.documents import many
from tests.engine.mutate import mutated
from tests.engine.outputs import arn
from tests.engine.platform import STACKS, platform, settings_of
from tests.engine.recording import Recording
from tests.infra.owners import SLUGS, suffix

TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
ROLE: Final = "aws:iam/role:Role"
ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
DEBUGGED: Final = [slug for slug, each in SLUGS.items() if each.zone != "card"]
SECRETS: Final = tuple(suffix(variable)[1:] for variable in REQUIRED_SECRETS)
OF_EVERYTHING: Final = {
    "logs:DescribeLogGroups",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
}


def granted(recording: Recording, role: str) -> dict[str, list[str]]:
    """What the policies of a role allow: by action, the resources."""
    found: dict[str, list[str]] = {}
    for policy in recording.all(POLICY):
        if policy.inputs["role"] != role:
            continue
        for statement in policy.json("policy")["Statement"]:
            assert statement["Effect"] == "Allow"
            for action in many(statement["Action"]):
                found.setdefault(action, []).extend(many(statement["Resource"]))
    return found


def log_group(stack: str, writer: str) -> str:
    account = settings_of(stack).account
    name = names.log_group_name(stack, writer)
    return f"arn:aws:logs:{account.region}:{account.id}:log-group:{name}:*"


@pytest.mark.parametrize("kind", ["", "-debug"], ids=["service", "debug"])
@pytest.mark.parametrize("stack", STACKS)
def test_an_execution_role_pulls_its_own_images_and_writes_its_own_log_and_no_more(
    stack: str, kind: str
) -> None:
    for slug in DEBUGGED if kind else SLUGS:
        images = [arn("ecr", f"repository/turnstay-{stack}/{slug}")]
        log = [log_group(stack, slug)]
        logins = ("app-a",) if kind else ("app-a", "app-b")
        assert granted(platform(stack), f"{slug}{kind}-execution-role") == {
            "ecr:GetAuthorizationToken": ["*"],
            "ecr:BatchCheckLayerAvailability": images,
            "ecr:BatchGetImage": images,
            "ecr:GetDownloadUrlForLayer": images,
            "logs:CreateLogStream": log,
            "logs:PutLogEvents": log,
            **reading(stack, slug, *logins, *SECRETS),
        }


def reading(stack: str, slug: str, *names_there: str) -> dict[str, list[str]]:
    """To read these secrets, and use the key that they are encrypted with."""
    key = arn("kms", f"key/{SLUGS[slug].zone}-secrets-key")
    secrets = [
        arn("secretsmanager", f"secret:turnstay/{stack}/{slug}/{each}-AbCdEf")
        for each in names_there
    ]
    return {"secretsmanager:GetSecretValue": secrets, "kms:Decrypt": [key]}


@pytest.mark.parametrize("stack", STACKS)
def test_the_execution_roles_of_the_gates_read_the_secrets_they_need_and_no_more(
    stack: str,
) -> None:
    recording = platform(stack)
    for slug, service in SLUGS.items():
        migrations = granted(recording, f"{slug}-migrations-execution-role")
        roles = granted(recording, f"{slug}-roles-execution-role")
        # Its code reads all of its settings before it migrates.
        secrets = reading(stack, slug, "migrator", *SECRETS)
        assert {key: migrations[key] for key in secrets} == secrets
        master = arn("secretsmanager", f"secret:rds!db-{service.zone}-database-instance-AbCdEf")
        mine = reading(stack, slug, "migrator", "app-a", "app-b")
        mine["secretsmanager:GetSecretValue"].append(master)
        assert {key: sorted(roles[key]) for key in mine} == {
            key: sorted(value) for key, value in mine.items()
        }
        assert migrations["ecr:BatchGetImage"] == [
            arn("ecr", f"repository/turnstay-{stack}/{slug}")
        ]
        assert [each.rpartition("/")[2] for each in roles["ecr:CreateRepository"]] == ["postgres"]


@pytest.mark.parametrize("stack", STACKS)
def test_the_code_of_a_service_may_do_nothing_in_aws(stack: str) -> None:
    recording = platform(stack)
    for slug in SLUGS:
        for task in (slug, f"{slug}-roles", f"{slug}-migrations"):
            role = recording.one(ROLE, f"{task}-task-role")
            assert granted(recording, role.name) == {}
            assert {"inlinePolicies", "managedPolicyArns"} & set(role.inputs) == set()
    attached = {each.inputs["role"] for each in recording.all(ATTACHMENT)}
    assert attached == {f"turnstay-{stack}-deploy"}


@pytest.mark.parametrize("stack", STACKS)
def test_a_debug_task_may_be_entered_and_its_session_logged_and_no_more(stack: str) -> None:
    log = [log_group(stack, "exec-sessions")]
    for slug in DEBUGGED:
        found = granted(platform(stack), f"{slug}-debug-task-role")
        assert {action for action, on in found.items() if on == ["*"]} == OF_EVERYTHING
        assert {action: on for action, on in found.items() if on != ["*"]} == {
            "kms:Decrypt": [arn("kms", "key/general-logs-key")],
            "logs:DescribeLogStreams": log,
            "logs:CreateLogStream": log,
            "logs:PutLogEvents": log,
        }


@pytest.mark.parametrize("stack", STACKS)
def test_no_two_tasks_have_a_role_in_common(stack: str) -> None:
    tasks = platform(stack).all(TASK)
    roles = [task.inputs[key] for task in tasks for key in ("executionRoleArn", "taskRoleArn")]
    assert len(set(roles)) == len(roles) == 2 * (3 * len(SLUGS) + len(DEBUGGED))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("policy!.Statement.2.Resource.0", "arn:aws:ecr:eu-west-1:111122223333:repository/*"),
        ("policy!.Statement.0.Action.0", "logs:*"),
        ("role", "recon-task-role"),
    ],
    ids=["every repository", "every action", "on the code's role"],
)
def test_a_right_that_is_too_wide_is_seen(path: str, value: str) -> None:
    sound = platform("staging")
    worse = mutated(sound, POLICY, "ledger-execution-role-policy", path, value)
    roles = ("ledger-execution-role", "recon-task-role")
    assert [granted(worse, each) for each in roles] != [granted(sound, each) for each in roles]
