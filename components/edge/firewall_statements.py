"""The table of rules in the provider's words."""

from __future__ import annotations

from collections.abc import Sequence

from pulumi_aws import wafv2

from components.edge.firewall_rules import (
    INSPECTED_BODY_BYTES,
    LARGE_BODY,
    LARGE_BODY_STATUS,
    MANAGED_GROUPS,
    RATE,
    RATE_STATUS,
    ManagedGroup,
    Rule,
    host_pattern,
)


def acl_rules(
    *, requests_per_5_minutes: int, small_body_hosts: Sequence[str]
) -> list[wafv2.WebAclRuleArgs]:
    """Every rule of the table; the one about bodies only where there are hosts it holds for."""
    own = [_block(RATE, _rate(requests_per_5_minutes), RATE_STATUS)]
    if small_body_hosts:
        own.append(_block(LARGE_BODY, _large_body(small_body_hosts), LARGE_BODY_STATUS))
    return [*own, *map(_managed, MANAGED_GROUPS)]


def _block(
    rule: Rule, statement: wafv2.WebAclRuleStatementArgs, status: int
) -> wafv2.WebAclRuleArgs:
    return wafv2.WebAclRuleArgs(
        name=rule.name,
        priority=rule.priority,
        statement=statement,
        action=wafv2.WebAclRuleActionArgs(
            block=wafv2.WebAclRuleActionBlockArgs(
                custom_response=wafv2.WebAclRuleActionBlockCustomResponseArgs(response_code=status)
            )
        ),
        visibility_config=_visibility(rule),
    )


def _managed(group: ManagedGroup) -> wafv2.WebAclRuleArgs:
    return wafv2.WebAclRuleArgs(
        name=group.name,
        priority=group.priority,
        statement=wafv2.WebAclRuleStatementArgs(
            managed_rule_group_statement=wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs(
                vendor_name="AWS",
                name=group.group,
                rule_action_overrides=[_counted(rule) for rule in group.counted],
            )
        ),
        override_action=wafv2.WebAclRuleOverrideActionArgs(
            none=wafv2.WebAclRuleOverrideActionNoneArgs()  # type: ignore[no-untyped-call] # has no fields
        ),
        visibility_config=_visibility(group),
    )


def _counted(
    rule: str,
) -> wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs:
    return wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs(
        name=rule,
        action_to_use=wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs(
            count=wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs()
        ),
    )


def _rate(requests_per_5_minutes: int) -> wafv2.WebAclRuleStatementArgs:
    return wafv2.WebAclRuleStatementArgs(
        rate_based_statement=wafv2.WebAclRuleStatementRateBasedStatementArgs(
            limit=requests_per_5_minutes,
            evaluation_window_sec=300,
            aggregate_key_type="IP",  # the connection's own: a header can be made up
        )
    )


def _large_body(hosts: Sequence[str]) -> wafv2.WebAclRuleStatementArgs:
    too_large = wafv2.WebAclRuleStatementSizeConstraintStatementArgs(
        field_to_match=wafv2.WebAclRuleStatementSizeConstraintStatementFieldToMatchArgs(
            body=wafv2.WebAclRuleStatementSizeConstraintStatementFieldToMatchBodyArgs(
                # The firewall is shown the inspected part only, and told that there was more.
                oversize_handling="MATCH"
            )
        ),
        comparison_operator="GT",
        size=INSPECTED_BODY_BYTES,
        text_transformations=[
            wafv2.WebAclRuleStatementSizeConstraintStatementTextTransformationArgs(
                priority=0, type="NONE"
            )
        ],
    )
    for_host = wafv2.WebAclRuleStatementRegexMatchStatementArgs(
        regex_string=host_pattern(hosts),
        field_to_match=wafv2.WebAclRuleStatementRegexMatchStatementFieldToMatchArgs(
            single_header=wafv2.WebAclRuleStatementRegexMatchStatementFieldToMatchSingleHeaderArgs(
                name="host"
            )
        ),
        text_transformations=[
            wafv2.WebAclRuleStatementRegexMatchStatementTextTransformationArgs(
                priority=0, type="LOWERCASE"
            )
        ],
    )
    return wafv2.WebAclRuleStatementArgs(
        and_statement=wafv2.WebAclRuleStatementAndStatementArgs(
            statements=[
                wafv2.WebAclRuleStatementArgs(size_constraint_statement=too_large),
                wafv2.WebAclRuleStatementArgs(regex_match_statement=for_host),
            ]
        )
    )


def _visibility(rule: Rule) -> wafv2.WebAclRuleVisibilityConfigArgs:
    return wafv2.WebAclRuleVisibilityConfigArgs(
        cloudwatch_metrics_enabled=True, sampled_requests_enabled=False, metric_name=rule.name
    )
