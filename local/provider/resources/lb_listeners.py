"""Listeners of a load balancer and their rules."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.resources import lb_attributes
from local.provider.resources.lb_routing import (
    actions_from_aws,
    actions_to_aws,
    conditions_from_aws,
    conditions_to_aws,
)
from local.provider.tags import pairs
from local.provider.values import Props, picked


class Listener(Handler):
    """aws.lb.Listener."""

    type = "aws:lb/listener:Listener"
    inputs = lb_attributes.names(lb_attributes.LISTENER) | words(
        "certificateArn defaultActions loadBalancerArn port protocol sslPolicy tags"
    )
    replace = words("loadBalancerArn")
    computed = ("arn", "sslPolicy")
    filled = words("defaultActions")
    tagging = "elbv2"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("elbv2").create_listener(
            LoadBalancerArn=new["loadBalancerArn"],
            Tags=pairs(new["tagsAll"]),
            **_listener(new),
        )
        identity = str(answer["Listeners"][0]["ListenerArn"])
        with existing(identity):
            self._set_attributes(aws, identity, {}, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        elb = aws("elbv2")
        found = elb.describe_listeners(ListenerArns=[identity])["Listeners"][0]
        attributes = elb.describe_listener_attributes(ListenerArn=identity)["Attributes"]
        certificates = found.get("Certificates") or [{}]
        return {
            **lb_attributes.read(lb_attributes.LISTENER, attributes),
            **picked(
                found,
                arn="ListenerArn",
                loadBalancerArn="LoadBalancerArn",
                port="Port",
                protocol="Protocol",
                sslPolicy="SslPolicy",
            ),
            "certificateArn": certificates[0].get("CertificateArn"),
            "defaultActions": actions_from_aws(found["DefaultActions"]),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("elbv2").modify_listener(ListenerArn=identity, **_listener(new))
        self._set_attributes(aws, identity, old, new)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("elbv2").delete_listener(ListenerArn=identity)

    @staticmethod
    def _set_attributes(aws: Aws, identity: str, old: Props, new: Props) -> None:
        if changed := lb_attributes.changed(lb_attributes.LISTENER, old, new):
            aws("elbv2").modify_listener_attributes(ListenerArn=identity, Attributes=changed)


def _listener(new: Props) -> Props:
    listener: Props = {"DefaultActions": actions_to_aws(new["defaultActions"])}
    for name, theirs in (("port", "Port"), ("protocol", "Protocol"), ("sslPolicy", "SslPolicy")):
        if new.get(name):
            listener[theirs] = new[name]
    if new.get("certificateArn"):
        listener["Certificates"] = [{"CertificateArn": new["certificateArn"]}]
    return listener


class ListenerRule(Handler):
    """aws.lb.ListenerRule."""

    type = "aws:lb/listenerRule:ListenerRule"
    inputs = words("actions conditions listenerArn priority tags")
    replace = words("listenerArn")
    computed = ("arn", "priority")
    filled = words("actions")
    tagging = "elbv2"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("elbv2").create_rule(
            ListenerArn=new["listenerArn"],
            Priority=new["priority"],
            Conditions=conditions_to_aws(new["conditions"]),
            Actions=actions_to_aws(new["actions"]),
            Tags=pairs(new["tagsAll"]),
        )
        return str(answer["Rules"][0]["RuleArn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        rule = aws("elbv2").describe_rules(RuleArns=[identity])["Rules"][0]
        # A rule's ARN is its listener's with one more part, and another word for what it is.
        listener = identity.rsplit("/", 1)[0].replace(":listener-rule/", ":listener/")
        return {
            "arn": identity,
            "listenerArn": listener,
            "priority": int(rule["Priority"]),
            "conditions": conditions_from_aws(rule["Conditions"]),
            "actions": actions_from_aws(rule["Actions"]),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        elb = aws("elbv2")
        if new["priority"] != old.get("priority"):
            elb.set_rule_priorities(
                RulePriorities=[{"RuleArn": identity, "Priority": new["priority"]}]
            )
        elb.modify_rule(
            RuleArn=identity,
            Conditions=conditions_to_aws(new["conditions"]),
            Actions=actions_to_aws(new["actions"]),
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("elbv2").delete_rule(RuleArn=identity)


HANDLERS: Final = (Listener(), ListenerRule())
