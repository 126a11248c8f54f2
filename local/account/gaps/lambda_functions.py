"""Lambda: where a function logs, and settings of failed calls that can be changed. moto forgets the first and keeps the oldest of the second."""

from __future__ import annotations

from typing import Any

from moto.awslambda.models import LambdaBackend, LambdaFunction

from local.account.gaps.patch import Function, Untyped, replaces


@replaces(LambdaFunction, "__init__")
def keep_logging(
    moto: Function,
    self: Untyped,
    account_id: str,
    spec: dict[str, Any],
    *more: Untyped,
    **named: Untyped,
) -> None:
    """Keep where it logs."""
    moto(self, account_id, spec, *more, **named)
    self.logging_config = spec.get("LoggingConfig")


@replaces(LambdaFunction)
def get_configuration(
    moto: Function, self: Untyped, *more: Untyped, **named: Untyped
) -> dict[str, Any]:
    """Say where it logs."""
    shown: dict[str, Any] = moto(self, *more, **named)
    default = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{self.function_name}"}
    return {**shown, "LoggingConfig": self.logging_config or default}


@replaces(LambdaFunction)
def update_configuration(
    moto: Function, self: Untyped, config_updates: dict[str, Any]
) -> dict[str, Any]:
    """Take in where it logs; what is not named stays as it is."""
    if "LoggingConfig" in config_updates:
        self.logging_config = config_updates["LoggingConfig"]
    answer: dict[str, Any] = moto(self, config_updates)
    return answer


@replaces(LambdaBackend)
def put_function_event_invoke_config(
    moto: Function, self: Untyped, function_name: str, config: dict[str, Any]
) -> dict[str, Any]:
    """Put the new settings in the place of the old."""
    self.get_function(function_name).event_invoke_config.clear()
    answer: dict[str, Any] = moto(self, function_name, config)
    return answer
