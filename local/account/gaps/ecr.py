"""ECR: rules by which a private registry is a cache of a public one. moto has none."""

from __future__ import annotations

from typing import Any, Final

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecr.models import ECRBackend, ecr_backends
from moto.ecr.responses import ECRResponse

from local.account.gaps.patch import adds, parameter

Json = dict[str, Any]

# By URL. Those that ask for a login need a secret with one; ECR tries it and refuses a wrong one, this account does not.
UPSTREAMS: Final = {
    "public.ecr.aws": "ecr-public",
    "quay.io": "quay",
    "registry.k8s.io": "k8s",
    "registry-1.docker.io": "docker-hub",
    "ghcr.io": "github-container-registry",
}
WITHOUT_LOGIN: Final = ("public.ecr.aws", "quay.io", "registry.k8s.io")
ROOT: Final = "ROOT"  # the prefix that stands for none


class RuleError(ServiceException):
    """What ECR refuses: the name of its error, and the text."""

    __module__ = "moto.ecr.exceptions"  # moto derives from it whose error it is


@adds(ECRResponse)
def create_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    """Keep a rule; refuse a second one of a prefix, and a registry that ECR caches nothing of."""
    prefix, url = parameter(self, "ecrRepositoryPrefix"), parameter(self, "upstreamRegistryUrl")
    if url not in UPSTREAMS:
        raise RuleError(
            "UnsupportedUpstreamRegistryException", f"The upstream registry {url} is not supported."
        )
    login = parameter(self, "credentialArn")
    if not login and url not in WITHOUT_LOGIN:
        raise RuleError(
            "InvalidParameterException", f"The upstream registry {url} requires a credentialArn."
        )
    rules = pull_through_rules(self.ecr_backend)
    if prefix in rules:
        text = f"The pull through cache rule with repository prefix '{prefix}' already exists in the registry."
        raise RuleError("PullThroughCacheRuleAlreadyExistsException", text)
    now = utcnow()
    rule = {
        "ecrRepositoryPrefix": prefix,
        "upstreamRegistryUrl": url,
        "upstreamRegistry": parameter(self, "upstreamRegistry") or UPSTREAMS[url],
        "upstreamRepositoryPrefix": parameter(self, "upstreamRepositoryPrefix") or ROOT,
        "registryId": self.current_account,
        "createdAt": now,
        "updatedAt": now,
        **({"credentialArn": login} if login else {}),
    }
    rules[prefix] = rule
    return ActionResult(rule)


@adds(ECRResponse)
def describe_pull_through_cache_rules(self: ECRResponse) -> ActionResult:
    """Describe the rules of the prefixes, or all."""
    rules = pull_through_rules(self.ecr_backend)
    wanted = parameter(self, "ecrRepositoryPrefixes") or list(rules)
    return ActionResult({"pullThroughCacheRules": [_found(rules, each) for each in wanted]})


@adds(ECRResponse)
def update_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    """Take in another login."""
    rule = _found(pull_through_rules(self.ecr_backend), parameter(self, "ecrRepositoryPrefix"))
    rule |= {"credentialArn": parameter(self, "credentialArn"), "updatedAt": utcnow()}
    return ActionResult(rule)


@adds(ECRResponse)
def delete_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    """Drop a rule; repositories that it made stay."""
    rules = pull_through_rules(self.ecr_backend)
    return ActionResult(
        rules.pop(_found(rules, parameter(self, "ecrRepositoryPrefix"))["ecrRepositoryPrefix"])
    )


def pull_through_rules(backend: ECRBackend) -> dict[str, Json]:
    """Return the rules of a registry, by prefix."""
    rules: dict[str, Json] = vars(backend).setdefault("pull_through_rules", {})
    return rules


def caches(account_id: str, region: str, repository: str) -> bool:
    """Whether a rule of the account lets a repository be pulled that is not there yet."""
    rules = pull_through_rules(ecr_backends[account_id][region])
    return any(prefix == ROOT or repository.startswith(f"{prefix}/") for prefix in rules)


def _found(rules: dict[str, Json], prefix: str) -> Json:
    if prefix in rules:
        return rules[prefix]
    text = f"The pull through cache rule with repository prefix '{prefix}' does not exist in the registry."
    raise RuleError("PullThroughCacheRuleNotFoundException", text)
