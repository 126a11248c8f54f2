"""Close the gaps of moto that the platform would fall into."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Final

from moto import settings
from moto.core.config import default_user_config

from local.account.errors import AccountError
from local.account.gaps.patch import apply
from local.account.memory import keep_running_accounts

MOTO: Final = "5.2.1"  # the version whose inside these modules reach into
MODULES: Final = (
    "acm", "alarm_actions", "alarms", "api_destinations", "autoscaling", "backup", "budgets", "codeartifact",
    "dispatch", "ec2", "ecr", "ecs", "elbv2", "event_delivery", "iam", "kms", "lambda_functions", "logs",
    "metric_filters", "rds_fields", "rds", "rds_servers", "s3", "schedules", "secret_values", "secretsmanager",
    "topic_delivery",
)  # fmt: skip


def install() -> None:
    """Change moto in this process, once; AccountError with another version of moto."""
    if (found := version("moto")) != MOTO:
        raise AccountError(f"moto {MOTO} is what local/account/gaps extends, found {found}")
    settings.ACM_VALIDATION_WAIT = 0  # gaps/acm decides when
    default_user_config["lambda"]["use_docker"] = False
    settings.ec2_load_default_amis = (
        lambda: False
    )  # a thousand machine images that nothing here uses
    for module in MODULES:
        import_module(f"local.account.gaps.{module}")  # marks what it replaces
    apply()
    keep_running_accounts()
