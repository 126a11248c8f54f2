"""The engine's locks in the state bucket, and which of them this machine left."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.bootstrap.aws import Aws
from stacks.names import PROJECT


@dataclass(frozen=True, kw_only=True)
class Lock:
    """One lock, as the engine writes it (pkg/backend/diy/lock.go)."""

    key: str
    pid: int
    username: str
    hostname: str
    taken: dt.datetime

    def __str__(self) -> str:
        return f"{self.username}@{self.hostname}, process {self.pid}, since {self.taken.isoformat(timespec='seconds')}"


def is_left_here(lock: Lock, *, hostname: str, username: str, since: dt.datetime) -> bool:
    """Whether a process of this machine, begun in this job, took it and is gone.

    A runner's machine lives for one job, and its name is its own; the time is a second proof, for names come again.
    """
    mine = (lock.hostname, lock.username) == (hostname, username)
    return mine and lock.taken >= since and not _lives(lock.pid)


def locks_of(aws: Aws, bucket: str, stack: str) -> Iterator[Lock]:
    """All locks of the stack; the listing is one page, for more than a few locks cannot be."""
    prefix = f".pulumi/locks/organization/{PROJECT}/{stack}/"
    for each in aws.call("s3", "list_objects_v2", Bucket=bucket, Prefix=prefix).get("Contents", []):
        content = aws.call("s3", "get_object", Bucket=bucket, Key=each["Key"])["Body"].read()
        found = json.loads(content)
        yield Lock(
            key=each["Key"],
            pid=int(found["pid"]),
            username=str(found["username"]),
            hostname=str(found["hostname"]),
            taken=dt.datetime.fromisoformat(str(found["timestamp"])),
        )


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
