"""The layout is the real component's: compared child by child with what awsx 3.11.0 registered.

The recordings were made on the real engine. Where a recorded program gave masks, the inputs here give the blocks that
awsx made of them, which registers the same children.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from local.provider.awsx_layout import EIP, NAT_GATEWAY, Child, LayoutError, Ref, layout, outputs

DATA = Path(__file__).parent / "data" / "awsx_vpc_3.11.0.jsonl"
RECORDED = {each["layout"]: each for each in map(json.loads, DATA.read_text().splitlines())}
# The recorder wrote an address and the gateway that uses it under one name, as their ids are one.
RECORDED_AS = {EIP: NAT_GATEWAY}
# What the recorded program exported under another name than the component's output.
EXPORTS = {
    "isolated_subnet_ids": "isolatedSubnetIds",
    "private_subnet_ids": "privateSubnetIds",
    "public_subnet_ids": "publicSubnetIds",
    "vpc_id": "vpcId",
    "subnet_layout": "subnetLayout",
}


def written(value: Any) -> Any:
    """A value as the recorder wrote it: `${Subnet net-public-1}` for a child or its id."""
    if isinstance(value, Ref):
        kind = RECORDED_AS.get(value.key[0], value.key[0])
        return f"${{{kind.split(':')[-1]} {value.key[1]}}}"
    if isinstance(value, dict):
        return {key: written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [written(each) for each in value]
    return value


def references(value: Any) -> set[str]:
    """The children that a value refers to."""
    if isinstance(value, Ref):
        return {" ".join(value.key)}
    if isinstance(value, dict):
        value = list(value.values())
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def as_recorded(child: Child) -> dict[str, Any]:
    explicit = {" ".join(key) for key in child.depends_on}
    return {
        "type": child.type,
        "name": child.name,
        "parent": " ".join(child.parent) if child.parent else "awsx:ec2:Vpc net",
        "inputs": written(child.inputs),
        "dependsOn": sorted(explicit | references(child.inputs)),
    }


def differences(recording: dict[str, Any], children: list[Child]) -> list[tuple[Any, Any]]:
    """Pairs of what was recorded and what the layout has, where they differ."""
    expected = {(each["type"], each["name"]): each for each in recording["resources"]}
    expected.pop(("exports", "stack"))
    found = {each.key: as_recorded(each) for each in children}
    keys = sorted(set(expected) | set(found))
    return [
        (expected.get(key), found.get(key)) for key in keys if expected.get(key) != found.get(key)
    ]


@pytest.mark.parametrize("name", RECORDED)
def test_every_child_is_the_one_the_real_component_registers(name: str) -> None:
    recording = RECORDED[name]
    assert differences(recording, layout("net", recording["inputs"])) == []


@pytest.mark.parametrize("name", RECORDED)
def test_the_outputs_are_those_of_the_real_component_in_its_order(name: str) -> None:
    recording = RECORDED[name]
    exports = next(each["outputs"] for each in recording["resources"] if each["type"] == "exports")
    inputs = recording["inputs"]
    found = written(outputs(layout("net", inputs), inputs))
    for export, output in EXPORTS.items():
        if "cidrBlocks" in exports["subnet_layout"][0] or export != "subnet_layout":
            assert found[output] == exports[export], output
    for export in exports:
        if export.startswith("ids_"):
            output = re.sub(r"_(\w)", lambda letter: letter[1].upper(), export.removeprefix("ids_"))
            value = found[output]
            # The recorder called an address by its gateway here too; `written` does the same.
            assert (value if isinstance(value, list) else [value]) == exports[export], output


def test_a_parent_and_whatever_is_referred_to_come_before_their_user() -> None:
    seen: set[str] = set()
    for child in layout("net", RECORDED["blocks3-auto"]["inputs"]):
        assert {" ".join(key) for key in child.depends_on} | references(child.inputs) <= seen
        seen.add(" ".join(child.key))


def test_a_wrong_block_a_missing_route_and_a_foreign_gateway_are_noticed() -> None:
    recording = RECORDED["blocks2-auto"]
    inputs = deepcopy(recording["inputs"])
    inputs["subnetSpecs"][3]["cidrBlocks"][1] = "10.0.11.0/24"
    assert [found["name"] for _, found in differences(recording, layout("net", inputs))] == [
        "net-card-2"
    ]
    inputs = deepcopy(recording["inputs"])
    inputs["natGateways"]["strategy"] = "OnePerAz"
    changed = {
        (found["type"].split(":")[-1], found["name"])
        for _, found in differences(recording, layout("net", inputs))
    }
    assert changed == {("Eip", "net-2"), ("NatGateway", "net-2"), ("Route", "net-private-2")}
    children = layout("net", recording["inputs"])
    without = [each for each in children if each.key != ("aws:ec2/route:Route", "net-public-2")]
    assert differences(recording, without)[0][1] is None


def edited(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(RECORDED["blocks2-auto"]["inputs"]), **changes}


def spec(**changes: Any) -> dict[str, Any]:
    return {"type": "Private", "cidrBlocks": ["10.0.0.0/24", "10.0.1.0/24"], **changes}


NONE = {"strategy": "None"}
REFUSED = {
    "another strategy": (edited(subnetStrategy="Exact"), "subnetStrategy 'Exact' is not supported"),
    "no strategy": (edited(subnetStrategy=None), "only 'Auto' with cidrBlocks"),
    "zones by number": (edited(numberOfAvailabilityZones=2), "numberOfAvailabilityZones is not"),
    "tags that are not known yet": (edited(tags="04da6b54"), "tags must be known: a map of texts"),
    "no zones": (edited(availabilityZoneNames=[]), "availabilityZoneNames must list the zones"),
    "no groups": (edited(subnetSpecs=[]), "subnetSpecs must list the groups"),
    "endpoints": (edited(vpcEndpointSpecs=[]), "argument vpcEndpointSpecs is not supported, only"),
    "a mask": (edited(subnetSpecs=[spec(cidrMask=24)]), r"subnetSpecs\[0\] cidrMask is not"),
    "no blocks": (edited(subnetSpecs=[spec(cidrBlocks=[])]), "has no cidrBlocks; every group"),
    "too few blocks": (
        edited(subnetSpecs=[spec(cidrBlocks=["10.0.0.0/24"])]),
        "has 1 cidrBlocks for 2 zones",
    ),
    "an unknown type": (
        edited(subnetSpecs=[spec(type="Unused")]),
        "has type 'Unused', allowed is Public, Private, Isolated",
    ),
    "an unknown gateway strategy": (
        edited(natGateways={"strategy": "Two"}),
        "natGateways.strategy is 'Two', allowed is None, Single, OnePerAz",
    ),
    "given addresses": (
        edited(natGateways={"elasticIpAllocationIds": ["eipalloc-1"]}),
        "natGateways elasticIpAllocationIds is not supported",
    ),
    "gateways without a public group": (
        edited(subnetSpecs=[spec()]),
        "'Single' needs a Public and a Private group",
    ),
    "an overlap": (
        edited(natGateways=NONE, subnetSpecs=[spec(), spec(name="b", cidrBlocks=["10.0.0.128/25", "10.1.0.0/24"])]),
        r"net-b-1 \(10.0.0.128/25\) overlaps net-private-1 \(10.0.0.0/24\)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_layout_that_is_not_known_is_refused_with_what_is_supported(case: str) -> None:
    inputs, message = REFUSED[case]
    with pytest.raises(LayoutError, match=message):
        layout("net", inputs)


def test_only_the_first_public_group_of_a_zone_hosts_a_gateway() -> None:
    public = {"type": "Public", "name": "edge", "cidrBlocks": ["10.0.200.0/24", "10.0.201.0/24"]}
    inputs = edited()
    inputs["subnetSpecs"].append(public)
    gateways = [each for each in layout("net", inputs) if each.type == NAT_GATEWAY]
    assert [each.parent for each in gateways] == [("aws:ec2/subnet:Subnet", "net-public-1")]
