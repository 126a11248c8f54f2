"""Domains, their policy, and the tags of everything."""

from __future__ import annotations

from moto.core.responses import ActionResult

from local.account.codeartifact.base_api import Api, Json, answer
from local.account.codeartifact.store import Domain, RefusedError, exists, not_found, policy_of


class DomainApi(Api):
    """Operations on domains."""

    def create_domain(self) -> ActionResult:
        """Make a domain; it has root and no repository."""
        name, here = self.given("domain"), self.here
        if name in here.domains:
            raise exists("Domain", name)
        arn = f"arn:aws:codeartifact:{self.region}:{self.current_account}:domain/{name}"
        domain = Domain(name, arn, self.current_account, here.key_arn(self.given("encryptionKey")))
        here.domains[name] = domain
        here.tags[arn] = _tags(self.given("tags", []))
        return answer(domain=_domain(domain))

    def describe_domain(self) -> ActionResult:
        """Describe a domain."""
        return answer(domain=_domain(self.domain))

    def list_domains(self) -> ActionResult:
        """List the domains of the region."""
        return answer(domains=[_domain(each) for each in self.here.domains.values()])

    def delete_domain(self) -> ActionResult:
        """Drop a domain with its groups; refused while it has repositories."""
        domain = self.domain
        if domain.repositories:
            raise RefusedError(
                "ConflictException", f"Domain {domain.name} has repositories; delete them first"
            )
        del self.here.domains[domain.name]
        return answer(domain={**_domain(domain), "status": "Deleted"})

    def put_domain_permissions_policy(self) -> ActionResult:
        """Keep a policy."""
        domain = self.domain
        document, revision = self.given("policyDocument"), self.given("policyRevision")
        domain.policy = policy_of(domain.arn, document, domain.policy, revision)
        return answer(policy=domain.policy)

    def get_domain_permissions_policy(self) -> ActionResult:
        """Return the policy."""
        if self.domain.policy is None:
            raise not_found("Policy of domain", self.domain.name)
        return answer(policy=self.domain.policy)

    def delete_domain_permissions_policy(self) -> ActionResult:
        """Drop the policy."""
        policy, self.domain.policy = self.domain.policy, None
        if policy is None:
            raise not_found("Policy of domain", self.domain.name)
        return answer(policy=policy)

    def list_tags_for_resource(self) -> ActionResult:
        """List the tags of a domain, a repository or a group."""
        tags = self.here.tags.get(self.given("resourceArn"), {})
        return answer(tags=[{"key": key, "value": value} for key, value in tags.items()])

    def tag_resource(self) -> ActionResult:
        """Set tags."""
        tags = self.here.tags.setdefault(self.given("resourceArn"), {})
        tags |= _tags(self.given("tags"))
        return answer()

    def untag_resource(self) -> ActionResult:
        """Drop tags."""
        for key in self.given("tagKeys"):
            self.here.tags.get(self.given("resourceArn"), {}).pop(key, None)
        return answer()


def _domain(domain: Domain) -> Json:
    return {
        "name": domain.name,
        "owner": domain.owner,
        "arn": domain.arn,
        "status": "Active",
        "createdTime": domain.created,
        "encryptionKey": domain.key,
        "repositoryCount": len(domain.repositories),
        "assetSizeBytes": 0,
        "s3BucketArn": f"arn:aws:s3:::assets-{domain.owner}-{domain.arn.split(':')[3]}",
    }


def _tags(pairs: list[Json]) -> dict[str, str]:
    return {each["key"]: each["value"] for each in pairs}
