"""What the account keeps of CodeArtifact: domains, their repositories, their package groups."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.exceptions import ServiceException
from moto.core.utils import utcnow
from moto.kms.models import kms_backends

from local.account.codeartifact.groups import ORIGINS, ROOT, Group

Json = dict[str, Any]
Tags = dict[str, str]


class RefusedError(ServiceException):
    """What CodeArtifact refuses: the name of its error, and the text."""


@dataclass
class Repository:
    """A repository of a domain."""

    name: str
    arn: str
    description: str = ""
    upstreams: list[str] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)
    policy: Json | None = None
    created: datetime = field(default_factory=utcnow)


@dataclass
class Domain:
    """A domain with all that is in it; root is there from the beginning and allows everything."""

    name: str
    arn: str
    owner: str
    key: str
    policy: Json | None = None
    repositories: dict[str, Repository] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    created: datetime = field(default_factory=utcnow)

    def __post_init__(self) -> None:
        root = Group(ROOT, self.arn_of("package-group", ROOT))
        root.modes = dict.fromkeys(ORIGINS, "ALLOW")
        self.groups[ROOT] = root

    def arn_of(self, kind: str, name: str) -> str:
        """The ARN of something in the domain."""
        return self.arn.replace(":domain/", f":{kind}/") + f"/{name.removeprefix('/')}"

    def repository(self, name: str) -> Repository:
        """A repository, or AWS's refusal."""
        if name not in self.repositories:
            raise not_found("Repository", name)
        return self.repositories[name]

    def group(self, pattern: str) -> Group:
        """A group, or AWS's refusal."""
        if pattern not in self.groups:
            raise not_found("Package group", pattern)
        return self.groups[pattern]


class CodeArtifactBackend(BaseBackend):
    """Of one account and region."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.domains: dict[str, Domain] = {}
        self.tags: dict[str, Tags] = {}

    @property
    def _url_module(self) -> Any:  # noqa: ANN401 - moto's own type
        from local.account.codeartifact import api  # noqa: PLC0415 - it needs this module

        return api

    def domain(self, name: str) -> Domain:
        """A domain, or AWS's refusal."""
        if name not in self.domains:
            raise not_found("Domain", name)
        return self.domains[name]

    def key_arn(self, key: str | None) -> str:
        """The ARN of the key that was asked for, or of AWS's own."""
        if key is None:
            return f"arn:aws:kms:{self.region_name}:{self.account_id}:alias/aws/codeartifact"
        kms = kms_backends[self.account_id][self.region_name]
        if key.rpartition("/")[2] not in kms.keys:
            raise invalid(f"The KMS key {key} does not exist")
        return str(kms.keys[key.rpartition("/")[2]].arn)


def policy_of(arn: str, document: str, before: Json | None, revision: str | None) -> Json:
    """A policy as it is kept; refused when it is no JSON, or when another one was read than is there."""
    if revision is not None and revision != (before or {}).get("revision"):
        raise RefusedError("ConflictException", "The policy revision is not the current one")
    try:
        json.loads(document)
    except ValueError:
        raise invalid("The policy document is not valid JSON") from None
    number = hashlib.sha256(document.encode()).hexdigest()[:32]
    return {"resourceArn": arn, "revision": number, "document": document}


def not_found(kind: str, name: str) -> RefusedError:
    """What does not exist."""
    return RefusedError("ResourceNotFoundException", f"{kind} not found: {name}")


def exists(kind: str, name: str) -> RefusedError:
    """What cannot be made twice."""
    return RefusedError("ConflictException", f"{kind} already exists: {name}")


def invalid(text: str) -> RefusedError:
    """What AWS does not take."""
    return RefusedError("ValidationException", text)


codeartifact_backends: Final = BackendDict(CodeArtifactBackend, "codeartifact")
