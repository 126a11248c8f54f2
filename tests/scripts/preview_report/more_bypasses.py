"""Ways around the rules about the network, alarms and secrets, and all of them together."""

from __future__ import annotations

from tests.scripts.preview_report.bypasses import (
    ALARM,
    EGRESS,
    GROUP,
    HTTP,
    INGRESS,
    INSIDE,
    LOUD,
    NAMED,
    OLD_RULE,
    one,
    opened,
)
from tests.scripts.preview_report.steps import UNKNOWN, step

OUTSIDE = (
    # --- network
    one("IPv6", "wider_network", "::/0", opened(cidrIpv6="::/0")),
    one("two halves of the internet", "wider_network", "0.0.0.0/1", opened(cidrIpv4="0.0.0.0/1"), step("create", INGRESS, "s", None, HTTP | {"cidrIpv4": "128.0.0.0/1"})),
    one("an address that comes later", "wider_network", "known only afterwards", opened(cidrIpv4=UNKNOWN)),
    one("more ports for the same peer", "wider_network", "0-65535",
        step("update", INGRESS, "r", NAMED, NAMED | {"fromPort": 0, "toPort": 65535})),
    one("every protocol for the same peer", "wider_network", "all protocols", step("update", INGRESS, "r", NAMED, NAMED | {"ipProtocol": "-1"})),
    one("a list of addresses that nobody sees", "wider_network", "prefix list", opened(prefixListId="pl-1")),
    one("by a replacement", "wider_network", "10.0.0.0/8", step("replace", INGRESS, "r", NAMED, HTTP | {"cidrIpv4": "10.0.0.0/8"})),
    one("the older kind of rule", "wider_network", "0.0.0.0/0",
        step("create", OLD_RULE, "r", None, {"type": "ingress", "protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["10.0.0.1/32", "0.0.0.0/0"]})),
    one("inside of the group", "wider_network", "0.0.0.0/0",
        step("update", GROUP, "g", {}, {"ingress": [{"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["0.0.0.0/0"]}]})),
    one("out, on every port", "wider_network", "opens the way out", step("create", EGRESS, "r", None, HTTP | {"ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"})),
    one("out, from a group that had no way out", "wider_network", "opens the way out",
        step("create", EGRESS, "r", None, HTTP | {"fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"})),
    one("one address more than before", "wider_network", "10.0.0.0/7", step("update", INGRESS, "r", HTTP | {"cidrIpv4": "10.0.0.0/8"}, HTTP | {"cidrIpv4": "10.0.0.0/7"})),
    # --- alarms
    one("switched off", "less_watched", "actionsEnabled", step("update", ALARM, "a", LOUD, LOUD | {"actionsEnabled": False})),
    one("tells nobody", "less_watched", "no longer tells anybody", step("update", ALARM, "a", LOUD, LOUD | {"alarmActions": []})),
    one("tells fewer", "less_watched", "1 of its 2", step("update", ALARM, "a", LOUD | {"alarmActions": ["x", "y"]}, LOUD | {"alarmActions": ["x"]})),
    one("a threshold that is never reached", "less_watched", "it wakes later", step("update", ALARM, "a", LOUD, LOUD | {"threshold": 10**6})),
    one("a threshold that comes later", "less_watched", "given up or known", step("update", ALARM, "a", LOUD, LOUD | {"threshold": UNKNOWN})),
    one("looks once a day", "less_watched", "period", step("update", ALARM, "a", LOUD, LOUD | {"period": 86400})),
    one("turned round", "less_watched", "comparisonOperator", step("update", ALARM, "a", LOUD, LOUD | {"comparisonOperator": "LessThanThreshold"})),
    one("a rename", "less_watched", "is removed", step("delete", ALARM, "a", LOUD), step("create", ALARM, "b", None, LOUD)),
    one("nobody hears it", "less_watched", "is removed", step("delete", "aws:sns/topicSubscription:TopicSubscription", "s", {})),
    # --- secrets
    one("a secret as plain text", "changed_secrets", "SECRET_KEY was a secret",
        step("replace", "aws:ecs/taskDefinition:TaskDefinition", "t",
             {"containerDefinitions": '[{"secrets": [{"name": "SECRET_KEY", "valueFrom": "arn:x"}]}]'},
             {"containerDefinitions": '[{"environment": [{"name": "SECRET_KEY", "value": "x"}]}]'})),
    one("AWS's key instead of ours", "changed_secrets", "AWS's key", step("update", "aws:secretsmanager/secret:Secret", "s", {"kmsKeyId": "k"}, {})),
    one("no rotation", "changed_secrets", "no longer rotated", step("delete", "aws:secretsmanager/secretRotation:SecretRotation", "s", {})),
)  # fmt: skip

BYPASSES = INSIDE + OUTSIDE
