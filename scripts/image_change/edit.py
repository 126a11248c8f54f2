"""The image of a service in the text of a stack file: one line changes, every comment stays."""

from __future__ import annotations

import re
from typing import Final

import yaml

from stacks.names import PROJECT, repository_name
from stacks.settings import StackSettings

DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")


class EditError(Exception):
    """Why the text cannot be changed, and the way out."""


def image_of(text: str, service: str) -> str | None:
    """The image that the file names for the service; None when it names none, or does not know the service."""
    services = _values(text).get(f"{PROJECT}:services")
    settings = services.get(service) if isinstance(services, dict) else None
    image = settings.get("image") if isinstance(settings, dict) else None
    return image if isinstance(image, str) else None


def image_reference(settings: StackSettings, service: str, digest: str) -> str:
    """The image in the stack's own registry, in the service's own repository: nothing else is ever written."""
    if not DIGEST.fullmatch(digest):
        raise EditError(f"{digest!r} is no digest: sha256: and 64 of 0-9, a-f")
    if service not in settings.services:
        raise EditError(f"no service {service!r}; there are {', '.join(settings.services)}")
    registry = f"{settings.account.id}.dkr.ecr.{settings.account.region}.amazonaws.com"
    return f"{registry}/{repository_name(settings.stack, service)}@{digest}"


def with_image(text: str, service: str, image: str) -> str:
    """The text with that image for the service.

    A line edit, for no YAML library keeps a file's look in all; what it wrote is read back and compared as a whole.
    """
    lines = text.splitlines(keepends=True)
    start, end = _block(lines, service)
    found = [at for at in range(start + 1, end) if re.match(r" {6}image:", lines[at])]
    line = f"      image: {image}\n"
    if found:
        comment = re.search(r"\s+#.*$", lines[found[0]].rstrip("\n"))
        lines[found[0]] = line if comment is None else line.rstrip("\n") + comment.group() + "\n"
    else:
        lines.insert(start + 1, line)
    changed = "".join(lines)
    expected = _values(text)
    services = expected[f"{PROJECT}:services"]
    if not isinstance(services, dict):
        raise EditError(f"{PROJECT}:services is no mapping")
    services[service]["image"] = image
    if _values(changed) != expected:
        raise EditError(
            f"the image of {service} is written in a way this edit does not know; write it by hand"
        )
    return changed


def _block(lines: list[str], service: str) -> tuple[int, int]:
    """The lines of the service: from its key to the next line that is not deeper."""
    try:
        services = lines.index(f"  {PROJECT}:services:\n")
        start = lines.index(f"    {service}:\n", services)
    except ValueError:
        raise EditError(
            f"no line `    {service}:` under {PROJECT}:services; write the service as a block, not as {{…}}"
        ) from None
    for end in range(start + 1, len(lines)):
        if re.match(r" {0,4}[^\s#]", lines[end]):
            return start, end
    return start, len(lines)


def _values(text: str) -> dict[str, object]:
    content = yaml.safe_load(text)
    values = content.get("config") if isinstance(content, dict) else None
    return values if isinstance(values, dict) else {}
