"""A mistake or a refusal is one message and an exit code, never a traceback."""

from __future__ import annotations

import re
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from scripts.bootstrap.cli import main
from tests.scripts.bootstrap.conftest import ROOT, TARGET, Account

STATE = TARGET.state_bucket


def _client_error(code: str, message: str = "no") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "Operation")


def _only_line(error: str) -> str:
    (line,) = error.splitlines()
    return line


def test_credentials_of_another_account_are_refused_before_anything_is_looked_at(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    _become(monkeypatch, "999999999999")

    code, told, error = account.run("--apply")

    assert (code, told) == (2, "")
    assert account.calls.made == ["GetCallerIdentity"]
    assert re.search(
        rf"of account 999999999999 \(arn:.*\), --account says {TARGET.account_id}; nothing", error
    )


def test_a_bucket_of_somebody_else_is_named_and_never_written_to(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        _become(elsewhere, "999999999999")
        account.client("s3").create_bucket(
            Bucket=STATE, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
    monkeypatch.setenv("MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS", "false")

    for options in ((), ("--apply",)):
        code, _, error = account.run(*options)

        assert code == 1
        assert f"the bucket {STATE} exists, but not for these credentials" in _only_line(error)
        assert "name another by --bucket" in error
        assert "PutBucketVersioning" not in account.calls.made[-2:]


def test_a_name_that_is_taken_only_when_the_bucket_is_made_is_named_too(account: Account) -> None:
    account.calls.failing["CreateBucket"] = _client_error("BucketAlreadyExists")

    code, _, error = account.run("--apply")

    assert code == 1
    assert "exists, but not for these credentials" in _only_line(error)


def test_a_bucket_in_another_region_cannot_be_mended(account: Account) -> None:
    boto3.session.Session(region_name="eu-central-1").client("s3").create_bucket(
        Bucket=STATE, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )

    dry, _, _ = account.run()
    code, _, error = account.run("--apply")

    assert dry == 3
    assert code == 1
    assert f"{STATE} lies in eu-central-1, not in eu-west-1" in _only_line(error)


def test_an_alias_of_a_key_that_cannot_encrypt_is_not_touched(account: Account) -> None:
    kms = account.client("kms")
    key = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
    kms.create_alias(AliasName=TARGET.key_alias, TargetKeyId=key["KeyId"])

    code, _, error = account.run("--apply")

    assert code == 1
    assert f"is the alias of {key['Arn']}, which cannot hold the state" in _only_line(error)
    assert account.calls.writes == []


def test_of_two_keys_without_the_alias_none_is_guessed(account: Account) -> None:
    tags = [{"TagKey": key, "TagValue": value} for key, value in TARGET.key_tags.items()]
    for _ in range(2):
        account.client("kms").create_key(Tags=tags)

    code, _, error = account.run("--apply")

    assert code == 1
    assert "2 keys are tagged as this stack's" in _only_line(error)
    assert account.calls.writes == []


@pytest.mark.parametrize(
    ("operation", "failure", "expected"),
    [
        (
            "GetCallerIdentity",
            _client_error("ExpiredToken", "The token has expired"),
            "AWS does not accept these credentials (ExpiredToken: The token has expired); log in to AWS first",
        ),
        (
            "GetCallerIdentity",
            EndpointConnectionError(endpoint_url="https://sts.eu-west-1.amazonaws.com"),
            'sts get_caller_identity did not get through: Could not connect to the endpoint URL: "https://sts',
        ),
        (
            "GetBucketPolicy",
            _client_error("AccessDenied", "not authorized"),
            f"may not do s3 get_bucket_policy on {TARGET.log_bucket} (AccessDenied: not authorized); the first",
        ),
        (
            "CreateKey",
            _client_error("AccessDeniedException", "not authorized"),
            "these credentials may not do kms create_key (AccessDeniedException: not authorized)",
        ),
        (
            "CreateServiceLinkedRole",
            _client_error("LimitExceeded", "too many roles"),
            "iam refused create_service_linked_role: LimitExceeded: too many roles",
        ),
    ],
    ids=["expired login", "no network", "may not read", "may not write", "refused"],
)
def test_what_aws_refuses_is_told_with_the_way_out(
    account: Account, operation: str, failure: Exception, expected: str
) -> None:
    account.calls.failing[operation] = failure

    code, _, error = account.run("--apply")

    assert code == 1
    assert expected in _only_line(error)


def test_without_credentials_it_says_how_to_log_in(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, "/nowhere")

    code, _, error = account.run()

    assert code == 1
    assert "no usable AWS credentials (Unable to locate credentials)" in _only_line(error)
    assert "aws sso login" in error


def test_a_profile_that_does_not_exist_is_named(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")

    code, _, error = account.run()

    assert code == 1
    assert "The config profile (nobody) could not be found" in _only_line(error)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--stack", "stagin", "--account", "444455556666"], "did you mean 'staging'?"),
        (
            ["--stack", "prod", "--account", "444455556666"],
            "--account is 444455556666, but Pulumi.prod.yaml says 111122223333",
        ),
        (
            ["--stack", "staging", "--account", "444455556666", "--region", "us-east-1"],
            "--region is us-east-1, but Pulumi.staging.yaml says eu-west-1",
        ),
    ],
    ids=["unknown stack", "account of another stack", "another region"],
)
def test_arguments_that_contradict_the_stack_file_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    code = main(arguments, ROOT)

    assert code == 2
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--account", "12345"], "an account id has 12 digits, got '12345'"),
        (["--account", "٤" * 12], "an account id has 12 digits"),
        (["--bucket", "Our.State"], "3 to 58 lower-case letters, digits and hyphens"),
        (["--bucket", "a" * 59], "3 to 58 lower-case letters, digits and hyphens"),
        ([], "the following arguments are required: --account"),
    ],
    ids=["short account", "other digits", "bucket with a dot", "no room for -logs", "no account"],
)
def test_arguments_of_a_wrong_form_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["--stack", "staging", *arguments], ROOT)

    assert exit_.value.code == 2
    assert expected in capsys.readouterr().err


def _become(monkeypatch: pytest.MonkeyPatch, account_id: str) -> None:
    """Log in to another account, as far as the account is concerned."""
    role = f"arn:aws:iam::{account_id}:role/administrator"
    sts: Any = boto3.session.Session(region_name="eu-west-1").client("sts")
    login = sts.assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", login["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", login["SecretAccessKey"])
    monkeypatch.setenv("AWS_SESSION_TOKEN", login["SessionToken"])
