#!/usr/bin/env bash
# Builds a service's image, with a CodeArtifact token that reaches one RUN of its Dockerfile and no layer.
#
# usage: ACCOUNT=123456789012 scripts/build_image.sh PLATFORM FOLDER
#
# PLATFORM is linux/amd64 or linux/arm64, FOLDER holds the Dockerfile. The image gets the name `service:release`. The
# Dockerfile reads the token by `RUN --mount=type=secret,id=codeartifact_token`; it is never an argument.
set -euo pipefail
if [ $# -ne 2 ]; then
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
    exit 2
fi
: "${ACCOUNT:?the account that owns the CodeArtifact domain turnstay}"
CODEARTIFACT_TOKEN=$(aws codeartifact get-authorization-token --domain turnstay --domain-owner "$ACCOUNT" \
    --duration-seconds 900 --query authorizationToken --output text)
export CODEARTIFACT_TOKEN
echo "::add-mask::$CODEARTIFACT_TOKEN"
docker build --platform "$1" --secret id=codeartifact_token,env=CODEARTIFACT_TOKEN --tag service:release "$2"
