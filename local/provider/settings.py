"""The provider's own settings: which region, which account it may act in, and the tags of everything."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Final

from local.provider.errors import ProviderError
from local.provider.tags import Tags
from local.provider.values import Props, Value

UNDERSTOOD: Final = frozenset({"allowedAccountIds", "defaultTags", "region"})
# What changes nothing here: the account on this machine needs no such check, and there is one version of the plugin.
WITHOUT_EFFECT: Final = frozenset(
    {"skipCredentialsValidation", "skipMetadataApiCheck", "skipRegionValidation", "version"}
)


@dataclass(frozen=True)
class Settings:
    """What the program's `aws.Provider` asks for."""

    region: str
    allowed_account_ids: tuple[str, ...] = ()
    default_tags: Tags = field(default_factory=dict)


def read(arguments: Props) -> Settings:
    """Read the settings; one that would be ignored is an error."""
    values = {key: _decoded(value) for key, value in arguments.items()}
    if unknown := sorted(set(values) - UNDERSTOOD - WITHOUT_EFFECT):
        raise ProviderError(
            f"the local account's aws provider has no setting {', '.join(unknown)}; "
            f"it knows {', '.join(sorted(UNDERSTOOD))}"
        )
    region = values.get("region") or os.environ.get("AWS_REGION")
    region = region or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        raise ProviderError("the aws provider has no region: set its `region`, or AWS_REGION")
    return Settings(
        region=region,
        allowed_account_ids=tuple(map(str, values.get("allowedAccountIds") or ())),
        default_tags=dict((values.get("defaultTags") or {}).get("tags") or {}),
    )


def _decoded(value: Value) -> Value:
    """Undo what the SDK does to settings that are no text: it writes them as JSON."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        return json.loads(value)
    return value


def check_account(settings: Settings, account_id: str) -> None:
    """Refuse to act in an account that the program does not allow, as the real provider does."""
    if settings.allowed_account_ids and account_id not in settings.allowed_account_ids:
        raise ProviderError(
            f"AWS account ID not allowed: {account_id}, "
            f"allowed is {', '.join(settings.allowed_account_ids)}"
        )
