#!/usr/bin/env bash
# Makes .venv in this project, as poetry.lock says, on any machine with Python 3.11 to 3.13.
#
# usage: scripts/install_dependencies.sh [--codeartifact] [--help]
#
#   --codeartifact   first get a token for the private packages of the domain `turnstay` (needs the AWS CLI, a login and
#                    AWS_ACCOUNT_ID). The token is given to Poetry by its environment; it is never an argument and never
#                    written to Poetry's settings.
#   PYTHON           the interpreter to use, when the one found is not the one you want
#
# Poetry 2 or newer is taken from PATH; when there is none, or it cannot read the package index, a private one is made
# in the user's cache. The package index is the one that pip is set to.
set -euo pipefail
cd "$(dirname "$0")/.."

POETRY_VERSION=2.5.1
MIRROR_PLUGIN_VERSION=0.6.5
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/turnstay-platform
codeartifact=no

die() {
    printf 'install_dependencies: %s\n' "$*" >&2
    exit 1
}

for argument in "$@"; do
    case $argument in
        --codeartifact) codeartifact=yes ;;
        -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        *) die "unknown argument $argument; allowed: --codeartifact, --help" ;;
    esac
done

suitable() { # the interpreter exists, is 3.11 to 3.13 and can make virtual environments
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

python=
for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    [ -n "$candidate" ] && suitable "$candidate" && { python=$(command -v "$candidate"); break; }
    [ -n "$candidate" ] && [ "$candidate" = "${PYTHON:-}" ] &&
        die "PYTHON=$PYTHON is not a Python 3.11 to 3.13 with venv; install one or unset PYTHON"
done
[ -n "$python" ] || die "no Python 3.11 to 3.13 with venv on PATH (found: $(python3 --version 2>&1 || echo none)); install one, or name it by PYTHON=/path/to/python3.11"

private_poetry() {
    local home=$CACHE/poetry-$POETRY_VERSION
    if [ ! -x "$home/bin/poetry" ]; then
        echo "installing Poetry $POETRY_VERSION into a folder of its own ..." >&2
        mkdir -p "$CACHE"
        rm -rf "$home"
        "$python" -m venv "$home"
        "$home/bin/python" -m pip install --quiet --disable-pip-version-check \
            "poetry==$POETRY_VERSION" "poetry-plugin-pypi-mirror==$MIRROR_PLUGIN_VERSION" >&2 || {
            rm -rf "$home"
            die "the package index that pip is set to does not give Poetry $POETRY_VERSION; see 'pip config list'"
        }
    fi
    # Poetry reads an index by an interface that many mirrors lack; the plugin makes it use pip's.
    POETRY_PYPI_MIRROR_URL=$("$home/bin/python" - <<'PYTHON'
import os, subprocess, sys
from pip._internal.models.index import PyPI
said = subprocess.run([sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True)
print(os.environ.get("PIP_INDEX_URL") or said.stdout.strip() or PyPI.simple_url)
PYTHON
    )
    export POETRY_PYPI_MIRROR_URL
    poetry=$home/bin/poetry
}

if [ "$codeartifact" = yes ]; then
    command -v aws >/dev/null 2>&1 || die "--codeartifact needs the AWS CLI on PATH"
    [ -n "${AWS_ACCOUNT_ID:-}" ] || die "--codeartifact needs AWS_ACCOUNT_ID, the account that owns the domain turnstay"
    POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD=$(aws codeartifact get-authorization-token --domain turnstay \
        --domain-owner "$AWS_ACCOUNT_ID" --duration-seconds 900 --query authorizationToken --output text) ||
        die "no CodeArtifact token: log in to AWS first (domain turnstay, owner $AWS_ACCOUNT_ID)"
    export POETRY_HTTP_BASIC_CODEARTIFACT_USERNAME=aws POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD
fi

install() {
    "$poetry" env use --quiet "$python" &&
        "$poetry" install --compile --no-interaction --no-ansi | awk '
            / - (Installing|Updating|Removing) / { if (++count % 25 == 0) print "  " count " packages"; fflush(); next }
            NF { print; fflush() }'
}

poetry=$(command -v poetry || true)
if [ -n "$poetry" ] && "$poetry" --version 2>/dev/null | grep -Eq 'version ([2-9]|[1-9][0-9])\.'; then
    install || { echo "the Poetry on PATH did not get through; trying a private one" >&2; private_poetry; install; }
else
    private_poetry
    install
fi || die "Poetry could not make .venv; the lines above say why. Is the package index of 'pip config list' reachable?"
touch .venv/.installed
