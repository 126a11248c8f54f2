from __future__ import annotations

from tests.scripts.bootstrap.conftest import TARGET, Account

ACCOUNT = TARGET.account_id


def test_a_dry_run_of_a_fresh_account_tells_all_and_changes_nothing(account: Account) -> None:
    code, told, error = account.run()

    assert code == 3
    assert error == ""
    assert account.calls.writes == []
    assert account.client("s3").list_buckets()["Buckets"] == []
    assert told.count("  missing  ") == 23
    assert "  ok  " not in told
    assert "23 of 23 are not in place; nothing was changed. The same command with --apply" in told


def test_a_second_run_finds_all_in_place_and_changes_nothing(account: Account) -> None:
    account.run("--apply")

    for options in ((), ("--apply",)):
        code, told, error = account.run(*options)

        assert (code, error) == (0, "")
        assert account.calls.writes == []
        assert told.count("  ok       ") == 23
        assert "all 23 are in place; nothing was changed" in told


def test_what_an_interrupted_run_left_is_gone_on_from(account: Account) -> None:
    account.calls.failing["PutBucketVersioning"] = KeyboardInterrupt()
    code, _, error = account.run("--apply")
    assert code == 130
    assert "interrupted; what was made stays, and the next run goes on from there" in error

    account.calls.failing.clear()
    code, told, _ = account.run("--apply")

    assert code == 0
    assert "of 23 made or mended, all 23 are in place" in told
    assert len(account.client("kms").list_keys()["Keys"]) == 1


def test_a_key_that_has_no_alias_yet_is_used_and_no_second_one_is_made(account: Account) -> None:
    account.calls.failing["CreateAlias"] = KeyboardInterrupt()
    account.run("--apply")
    account.calls.failing.clear()
    (left,) = account.client("kms").list_keys()["Keys"]

    _, dry, _ = account.run()
    code, _, _ = account.run("--apply")

    assert f'{{"KeyId": "{left["KeyId"]}", "alias": "gone"}}' in dry
    assert code == 0
    assert account.key()["KeyId"] == left["KeyId"]
    assert len(account.client("kms").list_keys()["Keys"]) == 1


def test_another_name_for_the_bucket_holds_for_its_logs_and_the_commands(account: Account) -> None:
    code, told, _ = account.run("--apply", "--bucket", "pulumi-of-ours")

    buckets = [bucket["Name"] for bucket in account.client("s3").list_buckets()["Buckets"]]
    assert code == 0
    assert sorted(buckets) == ["pulumi-of-ours", "pulumi-of-ours-logs"]
    assert "pulumi login 's3://pulumi-of-ours?region=eu-west-1'" in told


def test_every_bucket_is_read_and_written_as_that_of_this_account_only(account: Account) -> None:
    account.run("--apply")

    buckets = [
        (operation, asked)
        for operation, asked in account.calls.asked
        if "Bucket" in asked and operation != "CreateBucket"
    ]
    assert len(buckets) > 30
    assert {asked["ExpectedBucketOwner"] for _, asked in buckets} == {ACCOUNT}
