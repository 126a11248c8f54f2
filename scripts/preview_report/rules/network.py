"""Ways in and out that were not there before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.finding import Finding
from scripts.preview_report.openings import ALL, EGRESS, INGRESS, RULE, Network, Opening, openings
from scripts.preview_report.values import is_unknown

MANY_PORTS: Final = 100
HTTPS: Final = (443, 443)


def wider_network(changes: Iterable[Change]) -> Iterator[Finding]:
    """What may be reached now and could not be before, whatever the rules are cut into.

    An opening is old when the same group had it before this update, in one rule or in several, under whatever name.
    """
    changes = tuple(changes)
    before: dict[str, list[Opening]] = {}
    for change in changes:
        before.setdefault(_group(change, old=True), []).extend(openings(change.type, change.was))
    for change in changes:
        if change.kind == "keep":
            continue
        old = before.get(_group(change, old=False), []) + list(openings(change.type, change.was))
        for opening in openings(change.type, change.will):
            rest = _not_covered(opening, old)
            if rest is not None:
                yield Finding(
                    topic="access",
                    change=change,
                    text=_text(opening, rest),
                    blocks=_blocks(change, opening),
                )


def _group(change: Change, *, old: bool) -> str:
    inputs = change.was if old else change.will
    group = str(inputs.get("securityGroupId", inputs.get("networkAclId", change.urn)))
    return change.urn if is_unknown(group) else group


def _not_covered(opening: Opening, old: Iterable[Opening]) -> list[Network] | None:
    """None when nothing is new; otherwise the addresses that are, if the peer has addresses."""
    covers = [each for each in old if _same_ports(each, opening)]
    if opening.peer is None:
        return []
    if isinstance(opening.peer, str):
        return None if any(each.peer == opening.peer for each in covers) else []
    rest: list[Network] = [opening.peer]
    for each in covers:
        if each.peer is not None and not isinstance(each.peer, str):
            rest = [part for whole in rest for part in _without(whole, each.peer)]
    return rest or None


def _same_ports(old: Opening, new: Opening) -> bool:
    if old.direction != new.direction or (old.protocol not in ALL and old.protocol != new.protocol):
        return False
    if old.protocol in ALL:
        return True
    if old.ports is None or new.ports is None:
        return False
    return old.ports[0] <= new.ports[0] and new.ports[1] <= old.ports[1]


def _without(whole: Network, taken: Network) -> list[Network]:
    if whole.version != taken.version or not whole.overlaps(taken):
        return [whole]
    if whole.subnet_of(taken):  # type: ignore[arg-type] # both are of one version
        return []
    return list(whole.address_exclude(taken))  # type: ignore[arg-type]


def _blocks(change: Change, opening: Opening) -> bool:
    """A named group on a few ports is how services are wired; addresses, and all that is not known, want a name."""
    peer, ports = opening.peer, opening.ports
    few = ports is not None and opening.protocol not in ALL and ports[1] - ports[0] < MANY_PORTS
    if isinstance(peer, str) and peer.startswith("group"):
        # Ports that follow another resource's are known afterwards; the peer and the protocol stay who they are.
        follows = ports is None and opening.protocol in ("tcp", "udp")
        return not (few or follows)
    if opening.direction == "in" or peer is None or isinstance(peer, str):
        return True
    new_group = change.type in (INGRESS, EGRESS, RULE) and is_unknown(
        change.will.get("securityGroupId")
    )
    return not (
        few and (peer.is_private or (new_group and ports == HTTPS and opening.protocol == "tcp"))
    )


def _text(opening: Opening, rest: list[Network]) -> str:
    internet = any(not each.is_private for each in rest)
    what = "opens the way in" if opening.direction == "in" else "opens the way out"
    return f"{what} {opening}" + (
        " (the internet)" if internet and opening.direction == "in" else ""
    )
