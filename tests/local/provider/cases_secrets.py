"""The types of the secrets."""

from __future__ import annotations

import json

from tests.local.provider.case import Case, fresh


def _readers(role: str) -> str:
    statement = {
        "Sid": "ReadersOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": "*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::111122223333:role/{role}"]}},
    }  # fmt: skip
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


SECRETS: dict[str, Case] = {
    "secret": Case(
        type="aws:secretsmanager/secret:Secret",
        inputs=lambda need: {
            "name": fresh("turnstay-test/login-#"),
            "description": "Login of a database",
            "kmsKeyId": need("key").outputs["arn"],
            "recoveryWindowInDays": 7,
            "tags": {"Name": "login"},
        },
        updates=(
            {"description": "Login of another database"},
            {"recoveryWindowInDays": 30},
            {"tags": None},
        ),
        replaces=({"name": "turnstay-test/other"},),
        drift=lambda aws, secret: aws("secretsmanager").update_secret(
            SecretId=secret.id, Description="by hand"
        ),
        drifted="description",
    ),
    "secret to be deleted": Case(
        type="aws:secretsmanager/secret:Secret",
        inputs=lambda _: {"name": fresh("turnstay-test/deleted-#"), "recoveryWindowInDays": 0},
        drift=lambda aws, secret: aws("secretsmanager").delete_secret(
            SecretId=secret.id, RecoveryWindowInDays=7
        ),
    ),
    "secret version": Case(
        type="aws:secretsmanager/secretVersion:SecretVersion",
        inputs=lambda need: {
            "secretId": need(fresh("secret of versions #")).id,
            "secretString": '{"password": "first", "username": "ledger"}',
        },
        replaces=({"secretString": '{"password": "second"}'}, {"secretId": "arn:other"}),
        # AWS keeps the current version of a secret as long as the secret.
        stays=True,
    ),
    "secret policy": Case(
        type="aws:secretsmanager/secretPolicy:SecretPolicy",
        inputs=lambda need: {
            "secretArn": need("secret").id,
            "policy": _readers("deploy"),
            "blockPublicPolicy": True,
        },
        updates=({"policy": _readers("other")}, {"blockPublicPolicy": False}),
        replaces=({"secretArn": "arn:other"},),
        drift=lambda aws, policy: aws("secretsmanager").put_resource_policy(
            SecretId=policy.id, ResourcePolicy=_readers("somebody")
        ),
        drifted="policy",
    ),
    "secret rotation": Case(
        type="aws:secretsmanager/secretRotation:SecretRotation",
        inputs=lambda need: {
            "secretId": need("instance").outputs["masterUserSecrets"][0]["secretArn"],
            "rotateImmediately": False,
            "rotationRules": {"automaticallyAfterDays": 90},
        },
        updates=({"rotationRules": {"automaticallyAfterDays": 30}},),
        replaces=({"secretId": "arn:other"},),
        drift=lambda aws, rotation: aws("secretsmanager").rotate_secret(
            SecretId=rotation.id,
            RotateImmediately=False,
            RotationRules={"AutomaticallyAfterDays": 1},
        ),
        drifted="rotationRules",
    ),
}
