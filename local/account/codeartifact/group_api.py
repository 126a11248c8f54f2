"""Package groups and their origin controls."""

from __future__ import annotations

from moto.core.responses import ActionResult

from local.account.codeartifact.base_api import Api, Json, answer
from local.account.codeartifact.groups import (
    MODES,
    ORIGINS,
    ROOT,
    Group,
    is_pattern,
    parent_of,
    source_of,
)
from local.account.codeartifact.store import Domain, exists, invalid


class GroupApi(Api):
    """Operations on package groups."""

    @property
    def group(self) -> Group:
        """The group that the request names."""
        return self.domain.group(self.given("packageGroup"))

    def create_package_group(self) -> ActionResult:
        """Make a group; it inherits everything."""
        domain, pattern = self.domain, self.given("packageGroup")
        if not is_pattern(pattern):
            raise invalid(f"{pattern} is no definition of a package group")
        if pattern in domain.groups:
            raise exists("Package group", pattern)
        arn = domain.arn_of("package-group", pattern)
        texts = self.given("description", ""), self.given("contactInfo", "")
        domain.groups[pattern] = Group(pattern, arn, *texts)
        return answer(packageGroup=_group(domain, domain.groups[pattern]))

    def describe_package_group(self) -> ActionResult:
        """Describe a group."""
        return answer(packageGroup=_group(self.domain, self.group))

    def list_package_groups(self) -> ActionResult:
        """List the groups whose definition begins with a prefix, or all."""
        prefix = self.given("prefix", "")
        found = [
            _group(self.domain, each)
            for pattern, each in sorted(self.domain.groups.items())
            if pattern.startswith(prefix)
        ]
        return answer(packageGroups=found)

    def delete_package_group(self) -> ActionResult:
        """Drop a group, but never root."""
        domain, group = self.domain, self.group
        if group.pattern == ROOT:
            raise invalid("The root package group cannot be deleted")
        shown = _group(domain, group)
        del domain.groups[group.pattern]
        return answer(packageGroup=shown)

    def update_package_group_origin_configuration(self) -> ActionResult:
        """Take in other origin controls, all of them or none."""
        domain, group = self.domain, self.group
        modes = {**group.modes, **self.given("restrictions", {})}
        if unknown := {*modes} - {*ORIGINS} or {*modes.values()} - {*MODES}:
            raise invalid(f"There is no {sorted(unknown)} in origin controls")
        if group.pattern == ROOT and "INHERIT" in modes.values():
            raise invalid("The root package group cannot inherit")
        allowed = {origin: list(names) for origin, names in group.allowed.items()}
        updates: dict[str, dict[str, list[str]]] = {}
        for kind, argument in (("ADDED", "add"), ("REMOVED", "remove")):
            for each in self.given(f"{argument}AllowedRepositories", []):
                origin, name = each["originRestrictionType"], each["repositoryName"]
                if kind == "ADDED":
                    allowed[origin].append(domain.repository(name).name)
                elif name in allowed[origin]:
                    allowed[origin].remove(name)
                updates.setdefault(origin, {}).setdefault(kind, []).append(name)
        group.modes, group.allowed = modes, allowed
        return answer(packageGroup=_group(domain, group), allowedRepositoryUpdates=updates)

    def list_allowed_repositories_for_group(self) -> ActionResult:
        """List the repositories to which one origin of a group is restricted."""
        found = self.group.allowed[self.given("originRestrictionType")]
        return answer(allowedRepositories=list(found))


def _group(domain: Domain, group: Group) -> Json:
    above = parent_of(domain.groups, group.pattern)
    shown = {
        "arn": group.arn,
        "pattern": group.pattern,
        "domainName": domain.name,
        "domainOwner": domain.owner,
        "description": group.description,
        "contactInfo": group.contact,
        "originConfiguration": {
            "restrictions": {each: _restriction(domain, group, each) for each in ORIGINS}
        },
    }
    return shown if above is None else {**shown, "parent": _reference(domain.groups[above])}


def _restriction(domain: Domain, group: Group, origin: str) -> Json:
    holder = source_of(domain.groups, group.pattern, origin)
    shown: Json = {
        "mode": group.modes[origin],
        "effectiveMode": holder.modes[origin],
        "repositoriesCount": len(group.allowed[origin]),
    }
    return shown if holder is group else {**shown, "inheritedFrom": _reference(holder)}


def _reference(group: Group) -> Json:
    return {"arn": group.arn, "pattern": group.pattern}
