"""A login of a database, with the password that it alone has."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.database.login_document import login_document, login_problems

# 40 letters and digits are 238 bits, and the same in a URL, a shell and SQL.
PASSWORD_LENGTH: Final = 40
RECOVERY_DAYS: Final = 30
# A name that ends so could be taken for an ARN, which adds a hyphen and six characters to it.
_LIKE_AN_ARN: Final = re.compile(r"-[A-Za-z0-9]{6}")


@dataclass(frozen=True, kw_only=True)
class DatabaseLoginArgs:
    """Inputs of DatabaseLogin."""

    secret_name: str
    """A contract with operators. Of a protected secret it stays taken for 30 days after it was deleted."""
    username: str
    host: pulumi.Input[str]
    port: pulumi.Input[int]
    database: str
    ssl: str = "require"
    password_epoch: int
    """Another number is another password."""
    key_arn: pulumi.Input[str]
    protect: bool
    """Whether Pulumi refuses to delete it. Without, it goes at once, and a stack that was taken down can be built anew."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = login_problems(self.username, self.database, self.ssl)
        if not re.fullmatch(r"[A-Za-z0-9/_+=.@-]{1,512}", self.secret_name):
            problems.append(
                "secret_name is up to 512 letters, digits and any of /_+=.@-,"
                f" got {self.secret_name!r}"
            )
        if _LIKE_AN_ARN.fullmatch(self.secret_name[-7:]):
            problems.append(
                "secret_name does not end in a hyphen and six characters, as its ARN does,"
                f" got {self.secret_name!r}"
            )
        if self.password_epoch < 0:
            problems.append(f"password_epoch is at least 0, got {self.password_epoch}")
        if problems:
            raise ValueError(f"login {self.username}: {'; '.join(problems)}")


class DatabaseLogin(pulumi.ComponentResource):
    """Name and password of a login in a secret of its own. PostgreSQL learns of them by the roles gate, not by this.

    Outputs refer to one version of the secret and never hold a value: a task that names a version keeps its password
    when the next one comes, and a new version is a new revision of whoever uses it. Say who may read it (SecretReaders).
    """

    secret_arn: pulumi.Output[str]
    version_id: pulumi.Output[str]
    url_reference: pulumi.Output[str]
    """`valueFrom` of a container's secret: the URL, as DATABASE_URL."""
    password_reference: pulumi.Output[str]
    """The same for the password alone."""

    def __init__(
        self, name: str, args: DatabaseLoginArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:DatabaseLogin", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        password = random.RandomPassword(
            f"{name}-password",
            length=PASSWORD_LENGTH,
            special=False,
            keepers={"epoch": str(args.password_epoch)},
            opts=child,
        )
        secret = aws.secretsmanager.Secret(
            f"{name}-secret",
            name=args.secret_name,
            description=f"Login {args.username} of database {args.database}",
            kms_key_id=args.key_arn,
            recovery_window_in_days=RECOVERY_DAYS if args.protect else 0,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        version = aws.secretsmanager.SecretVersion(
            f"{name}-version",
            secret_id=secret.id,
            secret_string=_document(args, password.result),
            opts=child,
        )

        self.secret_arn = secret.arn
        self.version_id = version.version_id
        self.url_reference = _reference(secret, version, "url")
        self.password_reference = _reference(secret, version, "password")
        self.register_outputs(
            {
                "secret_arn": self.secret_arn,
                "version_id": self.version_id,
                "url_reference": self.url_reference,
                "password_reference": self.password_reference,
            }
        )


def _document(args: DatabaseLoginArgs, password: pulumi.Output[str]) -> pulumi.Output[str]:
    hidden: pulumi.Output[str] = pulumi.Output.secret(password)
    values = pulumi.Output.all(
        username=args.username,
        password=hidden,
        host=args.host,
        port=args.port,
        database=args.database,
        ssl=args.ssl,
    )
    return values.apply(_as_json)


def _as_json(values: Mapping[str, Any]) -> str:
    return json.dumps(login_document(**values), sort_keys=True)


def _reference(
    secret: aws.secretsmanager.Secret, version: aws.secretsmanager.SecretVersion, key: str
) -> pulumi.Output[str]:
    return pulumi.Output.concat(secret.arn, f":{key}::", version.version_id)
