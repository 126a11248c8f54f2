"""Values of the secrets that a container definition names."""

from __future__ import annotations

import json
from typing import Final

from moto.secretsmanager.models import secretsmanager_backends

from local.account.ecs.refusal import TaskError

ARN_PARTS: Final = 7  # arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME, then :KEY:STAGE:VERSION


def secret_value(reference: str) -> str:
    """Return what `valueFrom` means: the secret, or one key of it when it is JSON.

    TaskError says what is missing and never what was found. Only Secrets Manager is known, by full ARN.
    The rights of the execution role are not looked at.
    """
    parts = reference.split(":")
    if parts[2:3] != ["secretsmanager"] or len(parts) < ARN_PARTS:
        raise _unable(reference, "only ARNs of Secrets Manager are known to the local account")
    arn, (key, stage, version) = ":".join(parts[:ARN_PARTS]), ([*parts[ARN_PARTS:], "", "", ""])[:3]
    backend = secretsmanager_backends[parts[4]][parts[3]]
    try:
        # moto 5.2.1 finds the current value only when it is asked for by its stage
        found = backend.get_secret_value(arn, version, stage or ("" if version else "AWSCURRENT"))
    except Exception as error:
        raise _unable(reference, f"{type(error).__name__}: {error}") from error
    text = str(found.get("SecretString", ""))
    return text if not key else _key(reference, text, key)


def _key(reference: str, text: str, key: str) -> str:
    try:
        return str(json.loads(text)[key])
    except (ValueError, TypeError, KeyError):
        # `from None`: the exception of a broken JSON text carries the text
        raise _unable(reference, f"the secret does not contain json key {key}") from None


def _unable(reference: str, reason: str) -> TaskError:
    return TaskError(
        "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm:"
        f" failed to fetch secret {reference} from secrets manager: {reason}"
    )
