#!/usr/bin/env bash
# Pushes `service:release` under the commit's tag, and under one that keeps the image for as long as it may be deployed.
#
# usage: scripts/push_image.sh REGISTRY REPOSITORY STACK COMMIT
#
# Prints `digest=sha256:…`. A tag that is there already is an image of the same commit: it is taken, for tags never move.
set -euo pipefail
if [ $# -ne 4 ]; then
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
    exit 2
fi
image=$1/$2 kept=$1/$2:deployed-$3-$4
aws ecr get-login-password | docker login --username AWS --password-stdin "$1" >&2
if ! docker pull "$kept" >&2 2>/dev/null; then
    for tag in "$image:$4" "$kept"; do
        docker tag service:release "$tag"
        docker push "$tag" >&2
    done
fi
digest=$(docker inspect --format '{{join .RepoDigests "\n"}}' "$kept" | sed -n "s|^$image@||p" | head -n 1)
case $digest in
    sha256:*) echo "digest=$digest" ;;
    *) echo "push_image: docker names no digest for $kept" >&2; exit 1 ;;
esac
