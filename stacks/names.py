"""The names that others rely on. Everything else is named by Pulumi.

A name that AWS or PostgreSQL would refuse is refused here, with the limit.
"""

from __future__ import annotations

import re
from typing import Final

PROJECT: Final = "turnstay"


def slug(service: str) -> str:
    """The service's name with hyphens: for ECS, Service Connect, DNS and ECR."""
    return _limited("slug", service.lower().replace("_", "-"), 63, "[a-z][a-z0-9]*(-[a-z0-9]+)*")


def identifier(service: str) -> str:
    """The service's name with underscores: database, SQL roles, parts of variables."""
    name = service.lower().replace("-", "_")
    return _limited("identifier", name, 63, "[a-z][a-z0-9]*(_[a-z0-9]+)*")


def cluster_name(stack: str) -> str:
    """The ECS cluster."""
    return _limited("cluster name", f"{PROJECT}-{stack}", 255, "[A-Za-z0-9_-]+")


def namespace_name(stack: str) -> str:
    """The Service Connect namespace, in which a service's short name is looked up."""
    return _limited("namespace name", f"{PROJECT}-{stack}", 1024, "[!-~]+")


def task_family(stack: str, service: str) -> str:
    """The family of a service's task definitions."""
    return _limited("task family", f"{PROJECT}-{stack}-{slug(service)}", 255, "[A-Za-z0-9_-]+")


def log_group_name(stack: str, writer: str) -> str:
    """The log group of a service, or of whatever else writes logs (`vpc-flow-logs`)."""
    return _limited(
        "log group name", f"/{PROJECT}/{stack}/{slug(writer)}", 512, "[A-Za-z0-9_/.#-]+"
    )


def repository_name(stack: str, service: str) -> str:
    """The ECR repository of a service."""
    return _limited("repository name", f"{PROJECT}-{stack}/{slug(service)}", 256, "[a-z0-9/-]+")


def database_server_name(stack: str, zone: str) -> str:
    """The PostgreSQL server of a zone, such as `turnstay-prod-general`; part of its address."""
    return _limited(
        "database server name", f"{PROJECT}-{stack}-{zone}", 63, "[a-z][a-z0-9]*(-[a-z0-9]+)*"
    )


def login_secret_name(stack: str, service: str, login: str) -> str:
    """The secret of one login of a service's database, such as `turnstay/prod/ledger/app-a`."""
    return _limited("secret name", f"{PROJECT}/{stack}/{slug(service)}/{login}", 512, "[a-z0-9/-]+")


def secret_name(stack: str, service: str, variable: str) -> str:
    """The secret of one variable of a service, such as `turnstay/prod/ledger/secret-key`."""
    if not re.fullmatch("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", variable):
        raise ValueError(
            f"a secret is called after a variable such as SECRET_KEY, got {variable!r}"
        )
    return login_secret_name(stack, service, variable.lower().replace("_", "-"))


def alert_topic_name(stack: str) -> str:
    """The SNS topic on which AWS tells what happens to the platform."""
    return _limited("topic name", f"{PROJECT}-{stack}-alerts", 256, "[A-Za-z0-9_-]+")


def alert_part_name(stack: str, part: str) -> str:
    """A function, queue or schedule group on the ways of alerts, such as `turnstay-prod-alerts-slack`."""
    return _limited("name", f"{alert_topic_name(stack)}-{part}", 64, "[A-Za-z0-9_-]+")


def firewall_log_group_name(stack: str) -> str:
    """The firewall's log group; under any other prefix AWS drops the logs without an error."""
    return _limited("log group name", f"aws-waf-logs-{PROJECT}-{stack}", 512, "[A-Za-z0-9_/.#-]+")


def key_alias(stack: str, purpose: str) -> str:
    """The alias of a KMS key, such as `alias/turnstay-prod-logs`."""
    return _limited("key alias", f"alias/{PROJECT}-{stack}-{purpose}", 256, "alias/[A-Za-z0-9/_-]+")


def state_key_alias(stack: str) -> str:
    """The alias of the key that encrypts a stack's secrets; it exists before the first `up`."""
    return _limited("key alias", f"alias/{PROJECT}-state-{stack}", 256, "alias/[A-Za-z0-9/_-]+")


def preview_role_name(stack: str) -> str:
    """The role that previews a stack from the pipeline."""
    return _role_name(f"{stack}-preview")


def deploy_role_name(stack: str) -> str:
    """The role that updates a stack from the pipeline."""
    return _role_name(f"{stack}-deploy")


def release_role_name(stack: str, service: str) -> str:
    """The role that pushes images of a service from the service's own repository."""
    return _role_name(f"{stack}-release-{slug(service)}")


def publish_role_name(package: str) -> str:
    """The role that publishes a private package from the package's own repository."""
    return _role_name(f"publish-{package}")


def install_role_name() -> str:
    """The role that installs private packages in a build."""
    return _role_name("install")


def program_role_path(stack: str) -> str:
    """The path of every role that the program makes for what it runs; the pipeline may touch no role outside it."""
    return _limited("role path", f"/{PROJECT}/{stack}/", 512, "/[a-z0-9/-]+/")


def boundary_name(stack: str, whose: str) -> str:
    """The managed policy beyond which `deploy` or `workload` roles never go."""
    return _limited("policy name", f"{PROJECT}-{stack}-{whose}-boundary", 128, "[a-z0-9-]+")


def state_bucket_name(stack: str, account_id: str) -> str:
    """The bucket of a stack's state; no other account has a reason to take it, and bucket names are global."""
    return _limited("bucket name", f"{PROJECT}-state-{stack}-{account_id}", 58, "[a-z0-9-]+")


def _role_name(rest: str) -> str:
    return _limited("role name", f"{PROJECT}-{rest}", 64, "[a-z0-9-]+")


def _limited(kind: str, name: str, limit: int, pattern: str) -> str:
    if len(name) > limit:
        raise ValueError(f"{kind} has {len(name)} characters, at most {limit} are allowed: {name}")
    if not re.fullmatch(pattern, name):
        raise ValueError(f"{kind} has characters that are not allowed there: {name!r}")
    return name
