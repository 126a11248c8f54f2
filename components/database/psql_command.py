"""The command that hands a script to psql."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SCRIPT_VARIABLE: Final = "PSQL_SCRIPT"
# The script has psql's own commands in it, which `--command` does not take, and there is no file to read it from.
# Values reach psql as arguments: the shell never reads them as its own words.
_SHELL: Final = (
    f': "${{{SCRIPT_VARIABLE}:?}}"; '  # psql is content with nothing to do
    f'printf "%s\\n" "${SCRIPT_VARIABLE}" | psql --no-psqlrc --set=ON_ERROR_STOP=1 "$@"'
)


def psql_command(variables: Mapping[str, str]) -> list[str]:
    """Run the script in SCRIPT_VARIABLE with these psql variables; it ends at the first error, with exit code 3."""
    settings = [f"--set={name}={variables[name]}" for name in sorted(variables)]
    return ["sh", "-euc", _SHELL, "psql", *settings]
