from __future__ import annotations

import pytest

from components.keys.policies import (
    Condition,
    Statement,
    key_policy,
    logs_statement,
    root_statement,
)

ACCOUNT = "111122223333"
ROOT = {
    "Sid": "Account",
    "Effect": "Allow",
    "Principal": {"AWS": ["arn:aws:iam::111122223333:root"]},
    "Action": ["kms:*"],
    "Resource": "*",
}


def _statement(
    sid: str = "Topic",
    principals: tuple[str, ...] = ("sns.amazonaws.com",),
    actions: tuple[str, ...] = ("kms:Decrypt",),
    conditions: tuple[Condition, ...] = (),
) -> Statement:
    return Statement(
        sid=sid,
        principal_type="Service",
        principals=principals,
        actions=actions,
        conditions=conditions,
    )


def test_a_key_without_further_statements_is_the_accounts_alone() -> None:
    assert key_policy(ACCOUNT) == {"Version": "2012-10-17", "Statement": [ROOT]}


def test_the_logs_service_may_use_the_key_for_exactly_the_named_groups() -> None:
    statement = logs_statement(
        region="eu-west-1",
        account_id=ACCOUNT,
        log_group_names=["/turnstay/staging/recon", "/turnstay/staging/ledger"],
    )

    assert key_policy(ACCOUNT, [statement])["Statement"] == [
        ROOT,
        {
            "Sid": "CloudWatchLogs",
            "Effect": "Allow",
            "Principal": {"Service": ["logs.eu-west-1.amazonaws.com"]},
            "Action": [
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey*",
                "kms:ReEncrypt*",
            ],
            "Resource": "*",
            "Condition": {
                "ArnLike": {
                    "kms:EncryptionContext:aws:logs:arn": [
                        "arn:aws:logs:eu-west-1:111122223333:log-group:/turnstay/staging/ledger",
                        "arn:aws:logs:eu-west-1:111122223333:log-group:/turnstay/staging/recon",
                    ]
                }
            },
        },
    ]


def test_the_order_in_which_things_are_named_changes_nothing() -> None:
    account = Condition(operator="StringEquals", key="aws:SourceAccount", values=("2", "1"))
    source = Condition(operator="ArnLike", key="aws:SourceArn", values=("arn:b", "arn:a"))
    one = _statement("B", ("b.amazonaws.com", "a.amazonaws.com"), ("kms:B", "kms:A"))
    two = _statement("A", conditions=(account, source))
    reordered = (
        _statement("B", ("a.amazonaws.com", "b.amazonaws.com"), ("kms:A", "kms:B")),
        _statement("A", conditions=(source, account)),
    )

    assert key_policy(ACCOUNT, [one, two]) == key_policy(ACCOUNT, reordered)
    assert [each["Sid"] for each in key_policy(ACCOUNT, [one, two])["Statement"]] == [
        "Account",
        "A",
        "B",
    ]


def test_two_keys_of_one_operator_stand_beside_each_other() -> None:
    conditions = (
        Condition(operator="StringEquals", key="kms:ViaService", values=("rds.amazonaws.com",)),
        Condition(operator="StringEquals", key="aws:SourceAccount", values=(ACCOUNT,)),
    )

    assert _statement(conditions=conditions).to_dict()["Condition"] == {
        "StringEquals": {
            "aws:SourceAccount": [ACCOUNT],
            "kms:ViaService": ["rds.amazonaws.com"],
        }
    }


def test_the_account_itself_may_have_every_action() -> None:
    assert root_statement(ACCOUNT).to_dict() == ROOT


@pytest.mark.parametrize("action", ["kms:*", "*"])
def test_nobody_else_gets_every_action(action: str) -> None:
    with pytest.raises(ValueError, match="only the account itself gets every action"):
        _statement(actions=("kms:Decrypt", action))


def test_everybody_is_no_principal() -> None:
    with pytest.raises(ValueError, match=r"Topic of a key policy names its principals, got '\*'"):
        _statement(principals=("sns.amazonaws.com", "*"))


def test_a_policy_whose_statements_share_a_sid_is_refused() -> None:
    with pytest.raises(ValueError, match=r"distinct sids, got \['Account'\] twice"):
        key_policy(ACCOUNT, [_statement("Account")])


def test_a_logs_statement_for_no_group_is_refused() -> None:
    with pytest.raises(ValueError, match="names at least one log group"):
        logs_statement(region="eu-west-1", account_id=ACCOUNT, log_group_names=[])
