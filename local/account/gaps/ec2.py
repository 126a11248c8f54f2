"""EC2: descriptions of every kind of security group rule, flow-log options, network ACLs that deny the rest.

moto loses the description of a rule that refers to a group or a prefix list, takes the same rule twice when
the descriptions differ, drops a flow log's destination options, makes ACLs without their last entries, and
keeps an ACL for subnets that are gone.
"""

from __future__ import annotations

import copy
from typing import Any, Final

from moto.core.responses import ActionResult
from moto.ec2.models.network_acls import NetworkAcl, NetworkAclBackend
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.models.subnets import Subnet, SubnetBackend
from moto.ec2.responses.flow_logs import FlowLogs

from local.account.gaps.patch import Function, Untyped, parameter, replaces

PREFIX_LIST: Final = (
    7  # its place among the arguments of a rule, counted from 0 and without the rule itself
)
LAST_RULE: Final = 32767  # "*" in the console: what no other entry decides is denied


@replaces(SecurityGroupRule, "__init__")
def make_rule(moto: Function, self: Untyped, *args: Untyped, **given: Untyped) -> None:
    """Keep the description that comes with a prefix list."""
    moto(self, *args, **given)
    prefix_list = given.get("prefix_list_id") or (args[PREFIX_LIST] if args[PREFIX_LIST:] else None)
    self.prefix_list_description = (prefix_list or {}).get("Description")


@replaces(SecurityGroupRule)
def description(moto: Function, self: Untyped) -> str | None:
    """Find the description where the kind of rule has it; an edited one is where moto puts it."""
    candidates = (moto(self), self.source_group.get("Description"), self.prefix_list_description)
    return next((str(each) for each in candidates if each), None)


@replaces(SecurityGroupRule, "__eq__")
def is_same_rule(moto: Function, self: Untyped, other: Untyped) -> bool:
    """Two rules are one whatever their descriptions say."""
    return bool(moto(_undescribed(self), _undescribed(other)))


@replaces(SecurityGroupBackend)
def modify_security_group_rules(
    moto: Function, self: Untyped, group_id: str, rules: dict[str, dict[str, Any]]
) -> None:
    """A rule for all protocols has no ports."""
    for rule in rules.values():
        if rule.get("IpProtocol") == "-1":
            rule |= {"FromPort": -1, "ToPort": -1}
    moto(self, group_id, rules)


@replaces(FlowLogs)
def create_flow_logs(moto: Function, self: FlowLogs) -> ActionResult:
    """Keep the destination options."""
    answer: ActionResult = moto(self)
    made: Untyped = answer.result
    for each in made["FlowLogIds"]:
        options = parameter(self, "DestinationOptions")
        vars(self.ec2_backend.flow_logs[each])["destination_options"] = options
    return answer


@replaces(NetworkAclBackend)
def create_network_acl(
    moto: Function, self: Untyped, vpc_id: str, *args: Untyped, **given: Untyped
) -> NetworkAcl:
    """Add the entries that AWS adds."""
    acl: NetworkAcl = moto(self, vpc_id, *args, **given)
    if not acl.default:
        for egress in (True, False):
            _deny_the_rest(self, acl, egress=egress)
    return acl


@replaces(SubnetBackend)
def delete_subnet(moto: Function, self: Untyped, subnet_id: str) -> Subnet:
    """A subnet's network ACL does not keep it."""
    subnet: Subnet = moto(self, subnet_id)
    for acl in self.network_acls.values():
        for name in [each.id for each in acl.associations if each.subnet_id == subnet_id]:
            del acl._associations[name]  # noqa: SLF001 - moto 5.2.1
    return subnet


def _undescribed(rule: Untyped) -> Untyped:
    bare = copy.copy(rule)
    bare.source_group = {
        name: value for name, value in rule.source_group.items() if name != "Description"
    }
    return bare


def _deny_the_rest(backend: Untyped, acl: NetworkAcl, *, egress: bool) -> None:
    backend.create_network_acl_entry(
        network_acl_id=acl.id,
        rule_number=LAST_RULE,
        protocol="-1",
        rule_action="deny",
        egress=egress,
        cidr_block="0.0.0.0/0",
        icmp_code=None,
        icmp_type=None,
        port_range_from=None,
        port_range_to=None,
        ipv6_cidr_block=None,
    )
