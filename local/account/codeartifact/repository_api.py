"""Repositories: where their packages come from, and who may use them."""

from __future__ import annotations

from typing import Final

from moto.core.responses import ActionResult

from local.account.codeartifact.base_api import Api, Json, answer
from local.account.codeartifact.store import (
    Domain,
    RefusedError,
    Repository,
    exists,
    invalid,
    not_found,
    policy_of,
)

# By name: what kind of packages come from there.
CONNECTIONS: Final = {"public:pypi": "pypi", "public:npmjs": "npm", "public:crates-io": "cargo"}
UPSTREAMS_AT_MOST: Final = 10


class RepositoryApi(Api):
    """Operations on repositories."""

    @property
    def repository(self) -> Repository:
        """The repository that the request names."""
        return self.domain.repository(self.given("repository"))

    def create_repository(self) -> ActionResult:
        """Make a repository."""
        domain, name = self.domain, self.given("repository")
        if name in domain.repositories:
            raise exists("Repository", name)
        made = Repository(name, domain.arn_of("repository", name), self.given("description", ""))
        made.upstreams = _upstreams(domain, self.given("upstreams", []))
        domain.repositories[name] = made
        tags = {each["key"]: each["value"] for each in self.given("tags", [])}
        self.here.tags[made.arn] = tags
        return answer(repository=_repository(domain, made))

    def describe_repository(self) -> ActionResult:
        """Describe a repository."""
        return answer(repository=_repository(self.domain, self.repository))

    def update_repository(self) -> ActionResult:
        """Take in another description and other upstreams."""
        repository = self.repository
        repository.description = self.given("description", repository.description)
        if (wanted := self.given("upstreams")) is not None:
            if wanted and repository.connections:
                raise invalid("A repository with an external connection has no upstreams")
            repository.upstreams = _upstreams(self.domain, wanted)
        return answer(repository=_repository(self.domain, repository))

    def delete_repository(self) -> ActionResult:
        """Drop a repository."""
        domain, repository = self.domain, self.repository
        del domain.repositories[repository.name]
        return answer(repository=_repository(domain, repository))

    def associate_external_connection(self) -> ActionResult:
        """Open a repository to a public one: to one, and only if it has no upstreams."""
        repository, name = self.repository, self.given("externalConnection")
        if name not in CONNECTIONS:
            raise invalid(f"There is no external connection {name}")
        if repository.upstreams:
            raise invalid("A repository with upstreams has no external connection")
        if repository.connections:
            raise RefusedError("ConflictException", "The repository has an external connection")
        repository.connections.append(name)
        return answer(repository=_repository(self.domain, repository))

    def disassociate_external_connection(self) -> ActionResult:
        """Close it again; what came in stays."""
        repository, name = self.repository, self.given("externalConnection")
        if name not in repository.connections:
            raise not_found("External connection", name)
        repository.connections.remove(name)
        return answer(repository=_repository(self.domain, repository))

    def put_repository_permissions_policy(self) -> ActionResult:
        """Keep a policy."""
        mine = self.repository
        document, revision = self.given("policyDocument"), self.given("policyRevision")
        mine.policy = policy_of(mine.arn, document, mine.policy, revision)
        return answer(policy=mine.policy)

    def get_repository_permissions_policy(self) -> ActionResult:
        """Return the policy."""
        if self.repository.policy is None:
            raise not_found("Policy of repository", self.repository.name)
        return answer(policy=self.repository.policy)

    def delete_repository_permissions_policy(self) -> ActionResult:
        """Drop the policy."""
        policy, self.repository.policy = self.repository.policy, None
        if policy is None:
            raise not_found("Policy of repository", self.repository.name)
        return answer(policy=policy)


def _upstreams(domain: Domain, wanted: list[Json]) -> list[str]:
    names = [each["repositoryName"] for each in wanted]
    if len(names) > UPSTREAMS_AT_MOST:
        raise invalid(f"A repository has at most {UPSTREAMS_AT_MOST} upstreams")
    return [domain.repository(each).name for each in names]


def _repository(domain: Domain, mine: Repository) -> Json:
    return {
        "name": mine.name,
        "administratorAccount": domain.owner,
        "domainName": domain.name,
        "domainOwner": domain.owner,
        "arn": mine.arn,
        "description": mine.description,
        "upstreams": [{"repositoryName": each} for each in mine.upstreams],
        "externalConnections": [
            {
                "externalConnectionName": each,
                "packageFormat": CONNECTIONS[each],
                "status": "Available",
            }
            for each in mine.connections
        ],
        "createdTime": mine.created,
    }
