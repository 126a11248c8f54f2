from __future__ import annotations

from collections.abc import Sequence

import pulumi_aws as aws
import pytest

from components.secrets.reader_policy import reader_problems
from components.secrets.secret_readers import SecretReaders, SecretReadersArgs
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record

SECRET = arn("secretsmanager", "secret:turnstay/staging/ledger/database/app_a-AbCdEf")
DEPLOYER = "arn:aws:iam::111122223333:role/deploy-staging"
PEOPLE = (
    "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/"
    "AWSReservedSSO_Operators_*"
)


def recorded() -> Recording:
    def program() -> None:
        role = aws.iam.Role("ledger-execution-role", assume_role_policy="{}")
        readers = SecretReadersArgs(secret_arn=SECRET, role_arns=[role.arn, DEPLOYER, PEOPLE])
        SecretReaders("ledger-app-a", readers)

    return record(program)


def test_everybody_but_the_readers_is_denied_the_value_and_nothing_else() -> None:
    policy = recorded().one("aws:secretsmanager/secretPolicy:SecretPolicy", "ledger-app-a-policy")
    assert policy.inputs["secretArn"] == SECRET
    assert policy.inputs["blockPublicPolicy"] is True
    role = "arn:aws:iam::111122223333:role/ledger-execution-role"
    assert policy.json("policy") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ReadersOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "secretsmanager:GetSecretValue",
                "Resource": "*",
                "Condition": {"ArnNotLike": {"aws:PrincipalArn": [role, DEPLOYER, PEOPLE]}},
            }
        ],
    }
    assert unknown_properties(policy) == []


@pytest.mark.parametrize(
    "readers",
    [
        ["*"],
        ["arn:aws:iam::111122223333:root"],
        ["arn:aws:iam::111122223333:user/maria"],
        ["arn:aws:iam::*:role/deploy"],
        ["arn:aws:iam::111122223333:role/*"],
        ["arn:aws:iam::111122223333:role/deploy-*"],
        ["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*"],
        ["arn:aws:sts::111122223333:assumed-role/deploy/session"],
        [DEPLOYER, ""],
    ],
    ids=lambda readers: readers[-1],
)
def test_a_reader_that_is_no_role_by_its_name_is_refused(readers: Sequence[str]) -> None:
    with pytest.raises(ValueError, match="a reader is the ARN of a role by its whole name, got "):
        SecretReadersArgs(secret_arn=SECRET, role_arns=readers)


def test_a_secret_that_nobody_may_read_is_refused() -> None:
    assert reader_problems([]) == ["at least one role may read a secret, got none"]


def test_roles_with_a_path_and_those_of_the_identity_center_are_readers() -> None:
    assert reader_problems([DEPLOYER, PEOPLE, "arn:aws:iam::111122223333:role/ci/deploy"]) == []
