"""Give external secrets a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scripts.service_secrets.aws import Aws
from scripts.service_secrets.errors import SecretsError
from scripts.service_secrets.inventory import Entry
from scripts.service_secrets.states import CURRENT, read_state


def require_secrets(aws: Aws, entries: Sequence[Entry], stack: str) -> None:
    """Refuse, before a value is asked for, when a secret is not there to take it."""
    problems = []
    for each in entries:
        state = read_state(aws, each.name)
        if state is None:
            problems.append(f"{each.name} does not exist yet: `pulumi up --stack {stack}` makes it")
        elif state.deleted:
            restore = f"aws secretsmanager restore-secret --secret-id {each.name}"
            problems.append(f"{each.name} is being deleted: {restore}")
    if problems:
        raise SecretsError("\n  ".join(["nothing was changed", *problems]))


def set_value(aws: Aws, entries: Sequence[Entry], value: str, say: Callable[[str], None]) -> None:
    """Set the value of each, and see that it is the current one."""
    for each in entries:
        made = aws.call(
            "secretsmanager", "put_secret_value", SecretId=each.name, SecretString=value
        )
        version = str(made["VersionId"])
        found = aws.call("secretsmanager", "describe_secret", SecretId=each.name)
        if CURRENT not in (found.get("VersionIdsToStages") or {}).get(version, []):
            raise SecretsError(
                f"{each.name}: the value was taken as version {version}, which is not the current one;"
                " somebody else set it at the same time: list, and set it again"
            )
        say(f"set  {each.name} (version {version})")
