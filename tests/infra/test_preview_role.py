"""What a preview by the pipeline may do in the real stacks, as IAM would judge it."""

from __future__ import annotations

import pytest

from tests.components.delivery.github_tokens import token
from tests.engine.outputs import arn
from tests.engine.platform import STACKS
from tests.infra.places import account, iam, state_bucket, state_key
from tests.infra.roles_of import role
from tests.policies.evaluate import may_assume, statements

SECRET = "arn:aws:secretsmanager:eu-west-1:{account}:secret:turnstay/{stack}/ledger/app-a-AbCdEf"
UNNUMBERED = "turnstay@0/platform@0"
"""As the committed files have it: a token that nobody can get."""


@pytest.mark.parametrize("stack", STACKS)
def test_a_preview_reads_the_state_and_descriptions_and_changes_nothing(stack: str) -> None:
    preview, bucket = role(stack, f"turnstay-{stack}-preview"), state_bucket(stack)
    assert preview.may("s3:GetObject", f"{bucket}/.pulumi/stacks/turnstay/{stack}.json")
    assert preview.may("s3:ListBucket", bucket)
    assert preview.may("kms:Decrypt", state_key(stack))
    for action in (
        "ecs:DescribeServices",
        "ec2:DescribeVpcs",
        "kms:ListAliases",
        "rds:DescribeDBInstances",
    ):
        assert preview.may(action)
    assert not preview.may("s3:PutObject", f"{bucket}/.pulumi/locks/x.json")
    assert not preview.may("kms:GenerateDataKey", state_key(stack))
    looking = ("Describe", "Get", "List", "View")
    for policy in preview.policies:
        for statement in statements(policy):
            for action in statement["Action"]:
                assert action.partition(":")[2].startswith(looking) or action == "kms:Decrypt"


@pytest.mark.parametrize("stack", STACKS)
def test_a_preview_shows_no_secret_that_is_not_in_the_state(stack: str) -> None:
    preview = role(stack, f"turnstay-{stack}-preview")
    secret = SECRET.format(account=account(stack), stack=stack)
    for action, resource in (
        ("secretsmanager:GetSecretValue", secret),
        ("kms:Decrypt", arn("kms", "key/general-secrets-key")),
        (
            "logs:GetLogEvents",
            f"arn:aws:logs:eu-west-1:{account(stack)}:log-group:/turnstay/{stack}/ledger",
        ),
        ("logs:FilterLogEvents", "*"),
        ("ecr:BatchGetImage", arn("ecr", f"repository/turnstay-{stack}/ledger")),
        ("ssm:GetParameter", "*"),
        ("s3:GetObject", "arn:aws:s3:::access-logs-bucket-1234567/AWSLogs/x"),
        ("sts:AssumeRole", "*"),
    ):
        assert not preview.may(action, resource)


def test_staging_previews_pull_requests_and_prod_waits_for_an_approval() -> None:
    def lets_in(stack: str, job: str, repository: str = UNNUMBERED) -> bool:
        provider = iam(stack, "oidc-provider/token.actions.githubusercontent.com")
        trust = role(stack, f"turnstay-{stack}-preview").trust
        return may_assume(trust, provider, token(job, repository=repository))

    assert lets_in("staging", "pull_request")
    assert not lets_in("prod", "pull_request")
    assert lets_in("prod", "environment:prod-preview")
    assert not lets_in("staging", "environment:prod-preview")
    for stack in STACKS:
        assert lets_in(stack, "ref:refs/heads/main")
        assert not lets_in(stack, "ref:refs/heads/feature")
        assert not lets_in(stack, "pull_request", "someone@9/platform@8")
