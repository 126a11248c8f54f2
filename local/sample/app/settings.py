"""What the service is told by its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Settings:
    """The variables of the platform's services. Secrets are not shown."""

    environment: str
    database_url: str | None
    descope_project_id: str | None
    secret_names: tuple[str, ...]

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Self:
        """Read the variables; all but ENVIRONMENT may be missing while there is no database and no login."""
        secrets = (
            "SECRET_KEY",
            "DESCOPE_MANAGEMENT_KEY",
            "HONEYBADGER_API_KEY",
            "SLACK_WEBHOOK_URL",
        )
        return cls(
            environment=variables.get("ENVIRONMENT", "local"),
            database_url=variables.get("DATABASE_URL"),
            descope_project_id=variables.get("DESCOPE_PROJECT_ID"),
            secret_names=tuple(name for name in secrets if name in variables),
        )


settings = Settings.read(os.environ)
