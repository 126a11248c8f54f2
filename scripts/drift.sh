#!/usr/bin/env bash
# Tells in what AWS differs from what Pulumi left there; changes nothing, and takes no lock.
#
# usage: scripts/drift.sh STACK
#
# Values of secrets are left out: whoever runs this may describe secrets and not read them. The package groups, which
# `pulumi refresh` cannot see, are compared as well where the stack manages them.
# exit code: 0 no difference, 7 a difference (as `pulumi refresh` has it), anything else: the check itself failed
set -uo pipefail
cd "$(dirname "$0")/.."
if [ $# -ne 1 ] || [ "$1" = --help ]; then
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
    [ "${1:-}" = --help ]
    exit
fi
code=0
scripts/pulumi.sh refresh --stack "$1" --preview-only --expect-no-changes --non-interactive --color never \
    --exclude '**secretVersion:SecretVersion::*' || code=$?
if .venv/bin/python -m scripts.stack_facts --stack "$1" | grep -qx packages=managed; then
    groups=0
    .venv/bin/python -m scripts.package_groups --stack "$1" || groups=$?
    [ "$groups" -ne 3 ] || groups=7
    [ "$code" -ne 0 ] || code=$groups
fi
exit "$code"
