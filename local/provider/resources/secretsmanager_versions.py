"""Values of secrets. Errors and logs name a secret and a version, never the value."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import ProviderError
from local.provider.handler import Handler, words
from local.provider.resources.secretsmanager import described
from local.provider.values import Props

CURRENT: Final = "AWSCURRENT"
# Between the secret and the version in the id of a value.
SEPARATOR: Final = "|"


class SecretVersion(Handler):
    """aws.secretsmanager.SecretVersion. Another value is another version; the one before it stays as AWSPREVIOUS."""

    type = "aws:secretsmanager/secretVersion:SecretVersion"
    inputs = words("secretId secretString")
    replace = inputs
    computed = ("arn", "secretArn", "versionId", "versionStages")

    def create(self, aws: Aws, new: Props) -> str:
        value = new["secretString"]
        if not isinstance(value, str):  # boto3 would refuse it with the value in its error
            raise ProviderError(f"secretString is text, got a {type(value).__name__}")
        answer = aws("secretsmanager").put_secret_value(
            SecretId=new["secretId"], SecretString=value
        )
        return f"{new['secretId']}{SEPARATOR}{answer['VersionId']}"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        secret, _, version = identity.rpartition(SEPARATOR)
        # AWS forgets a version without stages in its own time.
        if not _stages(aws, secret).get(version):
            return None
        found = aws("secretsmanager").get_secret_value(SecretId=secret, VersionId=version)
        return {
            "arn": found["ARN"],
            "secretArn": found["ARN"],
            "secretId": secret,
            "secretString": found["SecretString"],
            "versionId": version,
            "versionStages": sorted(found["VersionStages"]),
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        """Take its stages from it, those it was recorded with, as the real provider does.

        A version whose successor has come was recorded as AWSCURRENT and is AWSPREVIOUS by now: it stays, and tasks that
        name it can still be started.
        """
        secret, _, version = identity.rpartition(SEPARATOR)
        now = _stages(aws, secret).get(version, [])
        # AWS moves AWSCURRENT, and never takes it away.
        for stage in sorted({*(state.get("versionStages") or ())} & {*now} - {CURRENT}):
            aws("secretsmanager").update_secret_version_stage(
                SecretId=secret, VersionStage=stage, RemoveFromVersionId=version
            )


def _stages(aws: Aws, secret: str) -> dict[str, list[str]]:
    """The stages of a secret by version; none of a secret that waits for its deletion."""
    return dict((described(aws, secret) or {}).get("VersionIdsToStages", {}))


HANDLERS: Final = (SecretVersion(),)
