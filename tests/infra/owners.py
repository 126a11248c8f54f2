"""Which of the recorded resources belong to one service, told from the component at the top of each."""

from __future__ import annotations

from typing import Final

from stacks import names
from stacks.catalogue import OPTIONAL_SECRETS, REQUIRED_SECRETS, SERVICES
from tests.engine.recording import Recording
from tests.engine.registration import Registration

SLUGS: Final = {names.slug(each.name): each for each in SERVICES}
LOGINS: Final = ("-app-a", "-app-b", "-migrator")


def suffix(variable: str) -> str:
    """What the names of a secret variable's resources end with, after the slug of the service."""
    return f"-{variable.lower().replace('_', '-')}"


SECRETS: Final = tuple(map(suffix, (*REQUIRED_SECRETS, *OPTIONAL_SECRETS)))
# What a service has at the top level, and what its name ends with there.
PARTS: Final = {
    "turnstay:compute:FargateService": ("",),
    "turnstay:compute:ImageRepository": ("-images",),
    "turnstay:compute:DebugTask": ("-debug",),
    "turnstay:compute:RolloutGate": ("-rollout",),
    "turnstay:database:DatabaseAccess": ("-database",),
    "turnstay:database:DatabaseLogin": LOGINS,
    "turnstay:database:MigrationsGate": ("-migrations",),
    "turnstay:database:RolesGate": ("-roles",),
    "turnstay:secrets:PresenceGate": ("-secrets",),
    "turnstay:secrets:SecretReaders": LOGINS + SECRETS,
    "turnstay:secrets:ServiceSecret": SECRETS,
    "turnstay:observability:MoneyFlowAlarm": ("-flow",),
}
OF_PLATFORM: Final = {"slack-webhook"}
"""Secrets that no service reads."""
# Those of a service are called by it; all others belong to the platform.
OF_SOME: Final = {
    "turnstay:observability:AlarmSet": ("-deployment-alarms", "-alarms"),
    "turnstay:observability:Dashboard": ("-page",),
}


def top(recording: Recording, each: Registration) -> Registration:
    """The component under the stack to which a resource belongs; the provider and the stack are their own."""
    parent = recording.registrations.get(each.parent)
    if parent is None or not parent.parent:
        return each
    return top(recording, parent)


def owner(recording: Recording, each: Registration) -> str | None:
    """The slug of the one service to which a resource belongs."""
    above = top(recording, each)
    endings = PARTS.get(above.type) or OF_SOME.get(above.type)
    if endings is None or above.name in OF_PLATFORM:
        return None
    slug = next(
        (above.name.removesuffix(each) for each in endings if above.name.endswith(each)), ""
    )
    if slug not in SLUGS and above.type in OF_SOME:
        return None
    if slug not in SLUGS:
        raise ValueError(f"{above.name}: no service of the catalogue has this {above.type}")
    return slug


def belongings(recording: Recording, slug: str) -> list[Registration]:
    """Every resource of AWS that a service has to itself."""
    return [
        each
        for each in recording.registrations.values()
        if each.custom and owner(recording, each) == slug
    ]
