"""What a program may ask AWS for: the functions of the provider that this project calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from local.provider.aws import Aws
from local.provider.errors import ProviderError
from local.provider.values import Props, picked

# The accounts that write load balancers' access logs, in the regions of Europe that have one. It is a fixed table in the
# real provider too: regions opened since August 2022 have none.
ELB_ACCOUNTS: Final = {
    "eu-central-1": "054676820928",
    "eu-north-1": "897822967062",
    "eu-south-1": "635631232127",
    "eu-west-1": "156460612806",
    "eu-west-2": "652711504416",
    "eu-west-3": "009996457667",
}


def _caller_identity(aws: Aws, _arguments: Props) -> Props:
    answer = aws("sts").get_caller_identity()
    return {
        "id": answer["Account"],
        **picked(answer, accountId="Account", arn="Arn", userId="UserId"),
    }


def _region(aws: Aws, _arguments: Props) -> Props:
    return {
        "id": aws.region,
        "name": aws.region,
        "region": aws.region,
        "endpoint": f"ec2.{aws.region}.amazonaws.com",
    }


def _service_account(aws: Aws, arguments: Props) -> Props:
    region = arguments.get("region") or aws.region
    if region not in ELB_ACCOUNTS:
        raise ProviderError(
            f"unknown ELB account for region {region}, known are {', '.join(ELB_ACCOUNTS)}"
        )
    account = ELB_ACCOUNTS[region]
    return {"id": account, "arn": f"arn:aws:iam::{account}:root", "region": region}


def _zone(aws: Aws, arguments: Props) -> Props:
    route53 = aws("route53")
    if zone_id := arguments.get("zoneId"):
        zones = [route53.get_hosted_zone(Id=zone_id)["HostedZone"]]
    else:
        wanted = f"{arguments['name'].rstrip('.')}."
        found = route53.list_hosted_zones_by_name(DNSName=wanted)["HostedZones"]
        private = arguments.get("privateZone", False)
        zones = [
            zone
            for zone in found
            if zone["Name"] == wanted and zone["Config"]["PrivateZone"] == private
        ]
    if len(zones) != 1:
        raise ProviderError(
            f"{len(zones)} hosted zones match {arguments.get('name')}: "
            + ("create it first" if not zones else "name it by its zoneId")
        )
    zone_id = zones[0]["Id"].removeprefix("/hostedzone/")
    details = route53.get_hosted_zone(Id=zone_id)
    return {
        "id": zone_id,
        "zoneId": zone_id,
        "arn": f"arn:aws:route53:::hostedzone/{zone_id}",
        "name": zones[0]["Name"].rstrip("."),
        "comment": zones[0]["Config"].get("Comment", ""),
        "privateZone": zones[0]["Config"]["PrivateZone"],
        "nameServers": details.get("DelegationSet", {}).get("NameServers", []),
        "resourceRecordSetCount": zones[0].get("ResourceRecordSetCount", 0),
        "callerReference": zones[0].get("CallerReference", ""),
        "tags": {},
    }


def _alias(aws: Aws, arguments: Props) -> Props:
    kms, name = aws("kms"), arguments["name"]
    pages = kms.get_paginator("list_aliases").paginate()
    found = [each for page in pages for each in page["Aliases"] if each["AliasName"] == name]
    if not found:
        raise ProviderError(f"no key has the alias {name}: create it first")
    key = kms.describe_key(KeyId=found[0]["TargetKeyId"])["KeyMetadata"]
    return {
        "id": found[0]["AliasArn"],
        "name": name,
        "arn": found[0]["AliasArn"],
        "targetKeyId": key["KeyId"],
        "targetKeyArn": key["Arn"],
    }


INVOKES: Final[dict[str, Callable[[Aws, Props], Props]]] = {
    "aws:elb/getServiceAccount:getServiceAccount": _service_account,
    "aws:index/getCallerIdentity:getCallerIdentity": _caller_identity,
    "aws:index/getRegion:getRegion": _region,
    "aws:kms/getAlias:getAlias": _alias,
    "aws:route53/getZone:getZone": _zone,
}
