"""A package domain, wired by the component's public arguments alone."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.keys.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.packages.package_domain import PackageDomain, PackageDomainArgs

config = pulumi.Config()
ACCOUNT, REGION = config.require("account"), "eu-west-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/"
PROTECT = config.get_bool("protect") or False

provider = aws.Provider("aws", region=REGION, allowed_account_ids=[ACCOUNT])
opts = pulumi.ResourceOptions(providers=[provider])
key = EncryptionKey(
    "packages",
    EncryptionKeyArgs(
        alias="alias/packages",
        description="Private packages",
        account_id=ACCOUNT,
        protect=PROTECT,
    ),
    opts=opts,
)
PackageDomain(
    "packages",
    PackageDomainArgs(
        account_id=ACCOUNT,
        region=REGION,
        key_arn=key.arn,
        readers=[f"{ROLE}install"],
        publishers={each: [f"{ROLE}publish"] for each in config.require_object("private")},
        groups_timeout_seconds=config.get_float("timeout") or 30.0,
        protect=PROTECT,
    ),
    opts=opts,
)
