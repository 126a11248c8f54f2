#!/usr/bin/env bash
# Runs the official Pulumi CLI in this project's version, installed once, with the project's own Python.
#
# usage: scripts/pulumi.sh ARGUMENTS OF PULUMI
#
# For pipelines. It becomes the CLI (exec), so a signal that cancels a job reaches the engine itself.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ] || [ "$1" = --help ]; then
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
    exit 0
fi
bin=$(.venv/bin/python -m scripts.install_pulumi)
export PATH="$PWD/.venv/bin:$bin:$PATH" PULUMI_SKIP_UPDATE_CHECK=true
exec "$bin/pulumi" "$@"
