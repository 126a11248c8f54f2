"""What the operator reads, and what a program does. Pure."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Final

from scripts.audit.expectation import Expectation
from scripts.audit.finding import MEANINGS, SEVERITIES, Finding
from scripts.audit.rows import Server

WIDTH: Final = 110
INDENT: Final = " " * 6


def as_table(
    findings: Sequence[Finding], expected: Expectation, server: Server, trusted: Collection[str]
) -> str:
    """Each finding with the way out, the worst first, and a summary that is the last line."""
    lines = [
        f"{server.database}, {_version(server)}, read by {server.user}",
        f"trusted with everything: {_plain(', '.join(sorted(trusted)) or 'nobody')}",
    ]
    lines += [
        f"shared by all tenants: {table} ({why})" for table, why in sorted(expected.exempt.items())
    ]
    for severity in SEVERITIES:
        found = [each for each in findings if each.severity == severity]
        if found:
            lines += ["", f"{severity.upper()}: {MEANINGS[severity]}"]
        for each in found:
            lines.append(f"  {_plain(each.object)}  [{each.code}]")
            lines += _wrapped(each.problem, "")
            lines += _wrapped(each.way_out, "-> ")
    return "\n".join([*lines, "", _summary(findings)]) + "\n"


def as_json(
    findings: Sequence[Finding], expected: Expectation, server: Server, trusted: Collection[str]
) -> str:
    """The same for a program."""
    roles = expected.roles
    document = {
        "database": server.database,
        "server_version": _version(server),
        "roles": {
            "owner": roles.owner,
            "migrator": roles.migrator,
            "apps": list(roles.apps),
            "reports": roles.reports,
            "tenant": roles.tenant,
            "administrators": sorted(trusted),
        },
        "exempt": dict(expected.exempt),
        "counts": {severity: _counts(findings)[severity] for severity in SEVERITIES},
        "findings": [asdict(each) for each in findings],
    }
    return json.dumps(document, indent=2) + "\n"


def _summary(findings: Sequence[Finding]) -> str:
    counts = _counts(findings)
    if not findings:
        return "no way around tenant isolation was found"
    shown = [
        f"{counts[each]} {each}{'' if counts[each] == 1 else 's'}"
        for each in SEVERITIES
        if counts[each]
    ]
    return f"found: {', '.join(shown)}; docs/audit.md explains each [name]"


def _counts(findings: Sequence[Finding]) -> Counter[str]:
    return Counter(each.severity for each in findings)


def _version(server: Server) -> str:
    return f"PostgreSQL {server.version // 10000}.{server.version % 10000}"


def _wrapped(text: str, mark: str) -> list[str]:
    return textwrap.wrap(
        _plain(text),
        WIDTH,
        initial_indent=INDENT + mark,
        subsequent_indent=INDENT + " " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(text: str) -> str:
    """Names and expressions come from the database: nothing in them may steer the terminal."""
    return "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for each in text.replace("\n", " ")
    )
