from __future__ import annotations

from pathlib import Path

import boto3

from local.account.server import Account
from local.seed import seed
from stacks.files import check_stack_file

ROOT = Path(__file__).parents[2]


def test_the_zone_that_the_platform_looks_up_is_there_and_there_once() -> None:
    settings = check_stack_file(ROOT / "Pulumi.staging.yaml", "staging")
    account = Account(settings.account.id, {}).start()
    try:
        route53 = boto3.client("route53", "eu-west-1", endpoint_url=account.endpoint)
        # Lists begin at the name that is asked for: what comes behind it is another zone.
        route53.create_hosted_zone(Name=f"pr.{settings.edge.hosted_zone}", CallerReference="1")

        seed(settings, account.endpoint)
        seed(settings, account.endpoint)

        zones = [zone["Name"] for zone in route53.list_hosted_zones()["HostedZones"]]
        assert sorted(zones) == ["pr.staging.turnstay.com.", "staging.turnstay.com."]
    finally:
        account.stop()
