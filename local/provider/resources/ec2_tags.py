"""How EC2 takes tags at creation."""

from __future__ import annotations

from local.provider.tags import pairs
from local.provider.values import Props, Value


def specification(kind: str, new: Props) -> list[dict[str, Value]]:
    """Write the tags of a new resource as EC2 takes them at creation."""
    return [{"ResourceType": kind, "Tags": pairs(new["tagsAll"])}] if new["tagsAll"] else []
