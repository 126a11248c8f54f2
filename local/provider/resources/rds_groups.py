"""What stands beside RDS instances: their parameters, and the subnets they may be in."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, picked

DESCRIPTION: Final = "Managed by Pulumi"
IMMEDIATE: Final = "immediate"
# RDS takes no more parameters in one call.
MOST_PARAMETERS: Final = 20


class ParameterGroup(Handler):
    """aws.rds.ParameterGroup; of its parameters those that somebody has set."""

    type = "aws:rds/parameterGroup:ParameterGroup"
    inputs = words("description family name parameters tags")
    replace = words("description family name")
    computed = ("arn", "description")
    autoname = Autoname(lower=True)
    tagging = "rds"

    def create(self, aws: Aws, new: Props) -> str:
        identity = str(new["name"])
        aws("rds").create_db_parameter_group(
            DBParameterGroupName=identity,
            DBParameterGroupFamily=new["family"],
            Description=new.get("description") or DESCRIPTION,
            Tags=pairs(new["tagsAll"]),
        )
        with existing(identity):
            self.update(aws, identity, {}, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        rds = aws("rds")
        answer = rds.describe_db_parameter_groups(DBParameterGroupName=identity)
        if not answer["DBParameterGroups"]:  # moto's way to say that it is gone
            return None
        given = {each["name"]: each for each in state.get("parameters") or []}
        pages = rds.get_paginator("describe_db_parameters")
        return {
            **picked(
                answer["DBParameterGroups"][0],
                arn="DBParameterGroupArn",
                description="Description",
                family="DBParameterGroupFamily",
                name="DBParameterGroupName",
            ),
            "parameters": [
                _parameter(each, given)
                for page in pages.paginate(DBParameterGroupName=identity, Source="user")
                for each in page["Parameters"]
                if each.get("ParameterValue") is not None
            ],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        before, after = _by_name(old), _by_name(new)
        gone = [before[name] for name in sorted({*before} - {*after})]
        for some in _portions(gone):
            aws("rds").reset_db_parameter_group(
                DBParameterGroupName=identity,
                Parameters=[
                    {key: each[key] for key in ("ParameterName", "ApplyMethod")} for each in some
                ],
            )
        other = [after[name] for name in sorted(after) if before.get(name) != after[name]]
        for some in _portions(other):
            aws("rds").modify_db_parameter_group(DBParameterGroupName=identity, Parameters=some)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("rds").delete_db_parameter_group(DBParameterGroupName=identity)


def _by_name(inputs: Props) -> dict[str, Props]:
    return {
        each["name"]: {
            "ParameterName": each["name"],
            "ParameterValue": each["value"],
            "ApplyMethod": each.get("applyMethod") or IMMEDIATE,
        }
        for each in inputs.get("parameters") or []
    }


def _portions(parameters: list[Props]) -> Iterator[list[Props]]:
    for start in range(0, len(parameters), MOST_PARAMETERS):
        yield parameters[start : start + MOST_PARAMETERS]


def _parameter(theirs: Props, given: dict[str, Props]) -> Props:
    ours = picked(theirs, name="ParameterName", value="ParameterValue", applyMethod="ApplyMethod")
    mine = given.get(ours["name"], {"applyMethod": None})
    unsaid = "applyMethod" not in mine and ours["applyMethod"] == IMMEDIATE
    return {key: ours[key] for key in ours if not (unsaid and key == "applyMethod")}


class SubnetGroup(Handler):
    """aws.rds.SubnetGroup."""

    type = "aws:rds/subnetGroup:SubnetGroup"
    inputs = words("description name subnetIds tags")
    replace = words("name")
    computed = ("arn", "description", "vpcId")
    autoname = Autoname(lower=True)
    tagging = "rds"

    def create(self, aws: Aws, new: Props) -> str:
        aws("rds").create_db_subnet_group(
            DBSubnetGroupName=new["name"], Tags=pairs(new["tagsAll"]), **_members(new)
        )
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("rds").describe_db_subnet_groups(DBSubnetGroupName=identity)
        found = answer["DBSubnetGroups"][0]
        return {
            **picked(
                found,
                arn="DBSubnetGroupArn",
                description="DBSubnetGroupDescription",
                name="DBSubnetGroupName",
                vpcId="VpcId",
            ),
            "subnetIds": [each["SubnetIdentifier"] for each in found["Subnets"]],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("rds").modify_db_subnet_group(DBSubnetGroupName=identity, **_members(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("rds").delete_db_subnet_group(DBSubnetGroupName=identity)


def _members(new: Props) -> Props:
    return {
        "DBSubnetGroupDescription": new.get("description") or DESCRIPTION,
        "SubnetIds": new["subnetIds"],
    }


HANDLERS: Final = (ParameterGroup(), SubnetGroup())
