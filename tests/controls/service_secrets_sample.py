"""A service with a secret of each source, the gate that waits for an operator's, and who may read them."""

from __future__ import annotations

from functools import cache
from typing import Final

import pulumi

from components.compute.fargate_service import FargateService
from components.secrets.presence_gate import PresenceGate, PresenceGateArgs
from components.secrets.secret_readers import SecretReaders, SecretReadersArgs
from components.secrets.service_secret import ServiceSecret, ServiceSecretArgs
from tests.components.compute.samples import service_args
from tests.components.database.login_samples import KEY
from tests.engine.outputs import ACCOUNT, REGION
from tests.engine.recording import Recording, record

DEPLOYER: Final = "arn:aws:iam::111122223333:role/deploy-staging"
VALUE: Final = "sk_live_hunter2"
SECRETS: Final = {
    "SECRET_KEY": "generated",
    "STRIPE_KEY": "supplied",
    "SLACK_WEBHOOK_URL": "external",
}


@cache
def service_secrets() -> Recording:
    """The sample, recorded once. Shared: never change it in place."""
    return record(_program)


def _program() -> None:
    made = {
        variable: ServiceSecret(
            f"ledger-{_hyphens(variable)}",
            ServiceSecretArgs(
                secret_name=f"turnstay/staging/ledger/{_hyphens(variable)}",
                description=f"{variable} of ledger",
                source=source,  # type: ignore[arg-type]
                value=VALUE if source == "supplied" else None,
                key_arn=KEY,
                protect=True,
            ),
        )
        for variable, source in SECRETS.items()
    }

    def release(revision: pulumi.Output[str]) -> pulumi.Output[str]:
        args = PresenceGateArgs(
            service_name="ledger",
            account_id=ACCOUNT,
            region=REGION,
            secrets={"SLACK_WEBHOOK_URL": made["SLACK_WEBHOOK_URL"].secret_arn},
            commands={"SLACK_WEBHOOK_URL": "set it"},
            release=revision,
        )
        return PresenceGate("ledger-secrets", args).release

    service = FargateService(
        "ledger",
        service_args(
            release=release,
            secrets={variable: each.reference for variable, each in made.items()},
            secret_arns=[each.secret_arn for each in made.values()],
            secret_key_arns=[KEY],
        ),
    )
    for variable, each in made.items():
        readers: list[pulumi.Input[str]] = [service.execution_role_arn, DEPLOYER]
        SecretReaders(
            f"ledger-{_hyphens(variable)}",
            SecretReadersArgs(secret_arn=each.secret_arn, role_arns=readers),
        )


def _hyphens(variable: str) -> str:
    return variable.lower().replace("_", "-")
