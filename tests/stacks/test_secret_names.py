from __future__ import annotations

import pytest

from stacks.secret_names import looks_secret


@pytest.mark.parametrize(
    "name",
    [
        "PASSWORD",
        "DB_PASSWORD",
        "db_password",
        "SMTP_PASSWD",
        "SECRET",
        "SECRET_KEY",
        "CLIENT_SECRET_ID",
        "TOKEN",
        "GITHUB_TOKEN",
        "TOKEN_URL",
        "API_KEY",
        "APIKEY",
        "STRIPE_KEY",
        "PRIVATE-KEY",
        "SENTRY_DSN",
        "AWS_CREDENTIALS",
        "SIGNING_PASSPHRASE",
        "S3_ACCESS_KEY_ID",
        "REPLICA_DATABASE_URL",
        "TEAMS_WEBHOOK_URL",
    ],
)
def test_a_name_that_announces_a_secret_is_known(name: str) -> None:
    assert looks_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "LOG_LEVEL",
        "TOKENIZER_MODEL",
        "MONKEY",
        "KEYS_PER_PAGE",
        "KEY_PREFIX",
        "STRIPE_PUBLIC_KEY",
        "ACCESS_TOKEN_EXPIRE_MINUTES",
        "PASSWORD_LENGTH",
        "SECRETARY",
        "secure_card_service",
        "secretsprovider",
        "",
    ],
)
def test_a_harmless_name_is_left_alone(name: str) -> None:
    assert not looks_secret(name)
