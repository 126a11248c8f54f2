"""The CodeArtifact operations of the account, and where moto looks for them."""

from __future__ import annotations

import re
import sys
from types import ModuleType
from typing import Final

from moto.backend_index import backend_url_patterns

from local.account.codeartifact.domain_api import DomainApi
from local.account.codeartifact.group_api import GroupApi
from local.account.codeartifact.repository_api import RepositoryApi
from local.account.codeartifact.store import codeartifact_backends


class CodeArtifactApi(DomainApi, RepositoryApi, GroupApi):
    """Domains, repositories, policies, package groups and tags. No package is kept here, and no token given."""


# The names are moto's.
url_bases: Final = [r"https?://codeartifact\.(.+)\.amazonaws\.com"]
url_paths: Final = {"{0}/v1/(?P<operation>.+)$": CodeArtifactApi.dispatch}


def serve() -> None:
    """Be the service that moto lacks; once."""
    module = ModuleType("moto.codeartifact")
    vars(module)["codeartifact_backends"] = codeartifact_backends
    if sys.modules.setdefault(module.__name__, module) is module:
        backend_url_patterns.append(("codeartifact", re.compile(url_bases[0])))
