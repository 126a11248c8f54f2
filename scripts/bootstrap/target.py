"""Which stack in which account and region, and the names that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

from stacks.names import PROJECT, state_bucket_name, state_key_alias


@dataclass(frozen=True, kw_only=True)
class Target:
    """The account that is made ready, and where the stack's state will lie in it."""

    stack: str
    account_id: str
    region: str
    state_bucket: str

    @property
    def log_bucket(self) -> str:
        """The bucket that records who read or wrote the state."""
        return f"{self.state_bucket}-logs"

    @property
    def key_alias(self) -> str:
        """The key of the stack's state; the stack file's `secretsprovider` names it."""
        return state_key_alias(self.stack)

    @property
    def key_tags(self) -> dict[str, str]:
        """By these a key is found again that an interrupted run left without its alias."""
        return {
            "project": PROJECT,
            "managed-by": "scripts/bootstrap_account.py",
            "purpose": f"state of {self.stack}",
        }

    @property
    def next_commands(self) -> tuple[str, str]:
        """What follows in a shell, in this order."""
        provider = f"awskms:///{self.key_alias}?region={self.region}"
        return (
            f"pulumi login 's3://{self.state_bucket}?region={self.region}'",
            f"pulumi stack init {self.stack} --secrets-provider '{provider}'",
        )


def default_bucket(stack: str, account_id: str) -> str:
    """A name that no other account has a reason to take: bucket names are global."""
    return state_bucket_name(stack, account_id)
