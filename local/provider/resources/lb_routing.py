"""What a listener does with a request: its actions, and the conditions of its rules."""

from __future__ import annotations

from typing import Final

from local.provider.shapes import from_aws, to_aws
from local.provider.values import Props

# The provider's names of an action's members that are not the API's with a small letter.
ACTION_NAMES: Final = {
    "fixedResponse": "FixedResponseConfig",
    "forward": "ForwardConfig",
    "redirect": "RedirectConfig",
    "stickiness": "TargetGroupStickinessConfig",
    "duration": "DurationSeconds",
}
CONDITIONS: Final = {
    "hostHeader": ("host-header", "HostHeaderConfig"),
    "httpHeader": ("http-header", "HttpHeaderConfig"),
    "httpRequestMethod": ("http-request-method", "HttpRequestMethodConfig"),
    "pathPattern": ("path-pattern", "PathPatternConfig"),
    "sourceIp": ("source-ip", "SourceIpConfig"),
}
QUERY: Final = ("query-string", "QueryStringConfig")


def actions_to_aws(actions: list[Props]) -> list[Props]:
    """Write actions as the API takes them."""
    written: list[Props] = to_aws(actions, ACTION_NAMES)
    for action in written:
        for target in action.get("ForwardConfig", {}).get("TargetGroups", []):
            target["TargetGroupArn"] = target.pop("Arn")
    return written


def actions_from_aws(actions: list[Props]) -> list[Props]:
    """Read actions; AWS answers a forward in both of its ways of writing, and a program uses either."""
    found: list[Props] = from_aws(actions, ACTION_NAMES)
    for action in found:
        targets = action.get("forward", {}).get("targetGroups", [])
        for target in targets:
            target["arn"] = target.pop("targetGroupArn")
        if len(targets) == 1:
            action.setdefault("targetGroupArn", targets[0]["arn"])
    return found


def conditions_to_aws(conditions: list[Props]) -> list[Props]:
    """Write conditions as the API takes them."""
    written = []
    for condition in conditions:
        if strings := condition.get("queryStrings"):
            written.append({"Field": QUERY[0], QUERY[1]: {"Values": to_aws(strings)}})
        for name, (field, member) in CONDITIONS.items():
            if condition.get(name):
                written.append({"Field": field, member: to_aws(condition[name])})
    return written


def conditions_from_aws(conditions: list[Props]) -> list[Props]:
    """Read conditions."""
    found: list[Props] = []
    for condition in conditions:
        if condition["Field"] == QUERY[0]:
            found.append({"queryStrings": from_aws(condition[QUERY[1]]["Values"])})
        for name, (field, member) in CONDITIONS.items():
            if condition["Field"] == field:
                found.append({name: from_aws(condition[member])})
    return found
