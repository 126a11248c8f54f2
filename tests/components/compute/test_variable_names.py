from __future__ import annotations

import pytest

from components.compute.variable_names import shows_a_secret


@pytest.mark.parametrize(
    "name",
    [
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "DATABASE_URL",
        "READ_DATABASE_URL",
        "DB_PASSWORD",
        "DESCOPE_MANAGEMENT_KEY",
        "ECS_ENGINE_AUTH_DATA",
        "HONEYBADGER_API_KEY",
        "SECRET_KEY",
        "SENTRY_DSN",
        "SLACK_WEBHOOK_URL",
        "github_token",
    ],
)
def test_a_name_that_announces_a_secret_is_seen(name: str) -> None:
    assert shows_a_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "ACCESS_TOKEN_EXPIRE_MINUTES",
        "DESCOPE_PROJECT_ID",
        "ENVIRONMENT",
        "LEDGER_URL",
        "MONKEY",
        "PUBLIC_KEY",
        "TOKENIZER_MODEL",
        "UVICORN_TIMEOUT_KEEP_ALIVE",
    ],
)
def test_other_names_are_not(name: str) -> None:
    assert not shows_a_secret(name)
