"""The web application firewall in front of a load balancer."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.shapes import from_aws, to_aws
from local.provider.tags import pairs
from local.provider.values import Props, Value, picked

# The provider's names that are not the API's with a small letter.
NAMES: Final = {
    "arn": "ARN",
    "cloudwatchMetricsEnabled": "CloudWatchMetricsEnabled",
    "forwardedIpConfig": "ForwardedIPConfig",
    "ipSetForwardedIpConfig": "IPSetForwardedIPConfig",
    "ipSetReferenceStatement": "IPSetReferenceStatement",
}


def _negated(rules: Value, ours: str, theirs: str, *, to_list: bool) -> Value:
    """The provider keeps the one statement of a "not" in a list, as it does those of "and" and "or"."""
    if isinstance(rules, dict):
        rules = {key: _negated(each, ours, theirs, to_list=to_list) for key, each in rules.items()}
        for key in ("NotStatement", "notStatement"):
            if key in rules and ours in rules[key]:
                value = rules[key][ours]
                rules[key] = {theirs: [value] if to_list else value[0]}
        return rules
    if isinstance(rules, list):
        return [_negated(each, ours, theirs, to_list=to_list) for each in rules]
    return rules


def rules_to_aws(rules: Value) -> Value:
    """Write rules, or a part of them, as the API takes them."""
    written = to_aws(rules, NAMES)
    return _negated(_searched(written, str.encode), "Statements", "Statement", to_list=False)


def rules_from_aws(rules: Value) -> Value:
    """Read rules, or a part of them."""
    found = from_aws(_searched(rules, bytes.decode), NAMES)
    return _negated(found, "statement", "statements", to_list=True)


def _searched(value: Value, convert: Value) -> Value:
    """The API takes the text to search for as bytes."""
    if isinstance(value, dict):
        return {
            key: convert(each) if key == "SearchString" else _searched(each, convert)
            for key, each in value.items()
        }
    return [_searched(each, convert) for each in value] if isinstance(value, list) else value


class WebAcl(Handler):
    """aws.wafv2.WebAcl."""

    type = "aws:wafv2/webAcl:WebAcl"
    inputs = words("defaultAction description name rules scope tags visibilityConfig")
    replace = words("name scope")
    computed = ("arn", "capacity")
    autoname = Autoname(longest=128)
    tagging = "wafv2"

    def create(self, aws: Aws, new: Props) -> str:
        tags = {"Tags": pairs(new["tagsAll"])} if new["tagsAll"] else {}
        answer = aws("wafv2").create_web_acl(**_acl(new), **tags)
        return str(answer["Summary"]["Id"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        acl = self._get(aws, identity, state)["WebACL"]
        return {
            **picked(acl, arn="ARN", capacity="Capacity", description="Description", name="Name"),
            "scope": state["scope"],
            "defaultAction": rules_from_aws(acl["DefaultAction"]),
            "rules": rules_from_aws(acl["Rules"]),
            "visibilityConfig": rules_from_aws(acl["VisibilityConfig"]),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        lock = self._get(aws, identity, old)["LockToken"]
        aws("wafv2").update_web_acl(Id=identity, LockToken=lock, **_acl(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        lock = self._get(aws, identity, state)["LockToken"]
        aws("wafv2").delete_web_acl(
            Id=identity, Name=state["name"], Scope=state["scope"], LockToken=lock
        )

    @staticmethod
    def _get(aws: Aws, identity: str, state: Props) -> Props:
        answer = aws("wafv2").get_web_acl(Id=identity, Name=state["name"], Scope=state["scope"])
        return dict(answer)


def _acl(new: Props) -> Props:
    description = {"Description": new["description"]} if new.get("description") else {}
    return {
        "Name": new["name"],
        "Scope": new["scope"],
        "DefaultAction": rules_to_aws(new["defaultAction"]),
        "Rules": rules_to_aws(new.get("rules") or []),
        "VisibilityConfig": rules_to_aws(new["visibilityConfig"]),
        **description,
    }


class WebAclAssociation(Handler):
    """aws.wafv2.WebAclAssociation."""

    type = "aws:wafv2/webAclAssociation:WebAclAssociation"
    inputs = words("resourceArn webAclArn")
    replace = inputs

    def create(self, aws: Aws, new: Props) -> str:
        acl, resource = new["webAclArn"], new["resourceArn"]
        aws("wafv2").associate_web_acl(WebACLArn=acl, ResourceArn=resource)
        return f"{acl},{resource}"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        resource = identity.split(",", 1)[1]
        acl = aws("wafv2").get_web_acl_for_resource(ResourceArn=resource).get("WebACL")
        return acl and {"webAclArn": acl["ARN"], "resourceArn": resource}

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("wafv2").disassociate_web_acl(ResourceArn=identity.split(",", 1)[1])


class WebAclLoggingConfiguration(Handler):
    """aws.wafv2.WebAclLoggingConfiguration."""

    type = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
    inputs = words("logDestinationConfigs loggingFilter redactedFields resourceArn")
    replace = words("logDestinationConfigs resourceArn")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["resourceArn"], {}, new)
        return str(new["resourceArn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("wafv2").get_logging_configuration(ResourceArn=identity)
        found = from_aws(answer["LoggingConfiguration"])
        return {name: found.get(name) for name in self.inputs}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        given = {key: new[key] for key in self.inputs if new.get(key)}
        aws("wafv2").put_logging_configuration(LoggingConfiguration=to_aws(given))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("wafv2").delete_logging_configuration(ResourceArn=identity)


HANDLERS: Final = (WebAcl(), WebAclAssociation(), WebAclLoggingConfiguration())
