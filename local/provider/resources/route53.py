"""DNS records."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.values import Props

SYNC_SECONDS: Final = 600.0


class Record(Handler):
    """aws.route53.Record with the simple routing policy: values, or an alias."""

    type = "aws:route53/record:Record"
    inputs = words("aliases allowOverwrite name records ttl type zoneId")
    replace = words("name zoneId")
    computed = ("fqdn",)
    unread = words("allowOverwrite")

    def create(self, aws: Aws, new: Props) -> str:
        fqdn = _fqdn(aws, new)
        self._change(aws, "UPSERT" if new.get("allowOverwrite") else "CREATE", fqdn, new)
        return f"{new['zoneId']}_{fqdn}_{new['type']}"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        fqdn = _fqdn(aws, state)
        answer = aws("route53").list_resource_record_sets(
            HostedZoneId=state["zoneId"],
            StartRecordName=fqdn,
            StartRecordType=state["type"],
            MaxItems="1",
        )
        for record in answer["ResourceRecordSets"]:
            if _bare(record["Name"]) == fqdn and record["Type"] == state["type"]:
                alias = record.get("AliasTarget")
                return {
                    "zoneId": state["zoneId"],
                    "name": state["name"],
                    "type": record["Type"],
                    "fqdn": fqdn,
                    "ttl": record.get("TTL"),
                    "records": [each["Value"] for each in record.get("ResourceRecords", [])],
                    "aliases": [_alias(alias)] if alias else [],
                }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        fqdn = _fqdn(aws, new)
        if new["type"] != old["type"]:
            self._change(aws, "DELETE", fqdn, old)
        self._change(aws, "UPSERT", fqdn, new)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        self._change(aws, "DELETE", _fqdn(aws, state), state)

    @staticmethod
    def _change(aws: Aws, action: str, fqdn: str, new: Props) -> None:
        record: Props = {"Name": fqdn, "Type": new["type"]}
        if new.get("aliases"):
            alias = new["aliases"][0]
            record["AliasTarget"] = {
                "DNSName": alias["name"],
                "HostedZoneId": alias["zoneId"],
                "EvaluateTargetHealth": alias["evaluateTargetHealth"],
            }
        else:
            record["TTL"] = new["ttl"]
            record["ResourceRecords"] = [{"Value": each} for each in new["records"]]
        route53 = aws("route53")
        change = route53.change_resource_record_sets(
            HostedZoneId=new["zoneId"],
            ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]},
        )["ChangeInfo"]
        if change["Status"] != "INSYNC":
            aws.wait(
                f"{action} of {fqdn} in all name servers",
                lambda: route53.get_change(Id=change["Id"])["ChangeInfo"]["Status"] == "INSYNC",
                seconds=SYNC_SECONDS,
            )


def _bare(name: str) -> str:
    return name.rstrip(".").lower()


def _alias(target: Props) -> Props:
    return {
        "name": _bare(target["DNSName"]),
        "zoneId": target["HostedZoneId"],
        "evaluateTargetHealth": target["EvaluateTargetHealth"],
    }


def _fqdn(aws: Aws, record: Props) -> str:
    """Complete a name that leaves its zone out, as the real provider does."""
    zone = _bare(aws("route53").get_hosted_zone(Id=record["zoneId"])["HostedZone"]["Name"])
    name = _bare(record["name"])
    return name if name == zone or name.endswith(f".{zone}") else f"{name}.{zone}".lstrip(".")


HANDLERS: Final = (Record(),)
