"""One run of the script."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from scripts.audit.arguments import Arguments, parse
from scripts.audit.catalogue import Catalogue, read_catalogue, read_server
from scripts.audit.errors import AuditError
from scripts.audit.expectation import Expectation, Roles
from scripts.audit.finding import SEVERITIES
from scripts.audit.judgement import judge
from scripts.audit.rendering import as_json, as_table
from scripts.audit.session import read_only
from scripts.audit.subject import Subject

CLEAN: Final = 0
FOUND: Final = 1
REFUSED: Final = 2
INTERRUPTED: Final = 130


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the script and return its exit code. Mistakes are told all at once, never in a traceback."""
    try:
        parsed = parse(arguments, environment)
        catalogue, expected = asyncio.run(_read(parsed))
        findings = judge(catalogue, expected)
        trusted = Subject(catalogue, expected).administrators
        render = as_json if parsed.json else as_table
        sys.stdout.write(render(findings, expected, catalogue.server, trusted))
        sys.stdout.flush()
    except AuditError as error:
        for problem in error.problems:
            print(f"audit_tenancy: {problem}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more when it closes the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except KeyboardInterrupt:
        print("audit_tenancy: interrupted; nothing was changed", file=sys.stderr)
        return INTERRUPTED
    counted = SEVERITIES[: SEVERITIES.index(parsed.fail_on) + 1]
    return FOUND if any(each.severity in counted for each in findings) else CLEAN


async def _read(parsed: Arguments) -> tuple[Catalogue, Expectation]:
    async with read_only(parsed.address, parsed.seconds) as connection:
        server = await read_server(connection)
        roles = Roles.of_service(
            parsed.service or server.database, parsed.tenant_role, parsed.administrators
        )
        expected = Expectation(
            roles=roles, column=parsed.column, columns=parsed.columns, exempt=parsed.exempt
        )
        return await read_catalogue(connection, server, roles.named), expected
