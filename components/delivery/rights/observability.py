"""What it takes to bring about logs, alarms, notices and the budget."""

from __future__ import annotations

from typing import Final

from components.delivery.rights.right import Right, Table, reads, unnamed, writes

GROUPS: Final = (
    "log-group:/turnstay/{stack}/*",
    "log-group:aws-waf-logs-turnstay-{stack}*",
    "log-group:/aws/rds/instance/turnstay-{stack}-*",
)
ALARMS: Final = "alarm:turnstay-{stack}-*"
NOTICES: Final = "rule/turnstay-{stack}-*"
TOPICS: Final = "turnstay-{stack}-*"
ALARM_CARE: Final = writes(
    "cloudwatch",
    "DeleteAlarms DisableAlarmActions EnableAlarmActions TagResource UntagResource",
    ALARMS,
)
ALARM_READS: Final = reads("cloudwatch", "DescribeAlarms ListTagsForResource")
DASHBOARDS: Final = ("arn:aws:cloudwatch::{account}:dashboard/turnstay-{stack}*",)
BUDGETS: Final = ("arn:aws:budgets::{account}:budget/turnstay-{stack}*",)

OBSERVABILITY: Final[Table] = {
    "aws:budgets/budget:Budget": (
        Right(
            actions=("budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"),
            resources=BUDGETS,
        ),
        Right(
            actions=("budgets:ListTagsForResource", "budgets:ViewBudget"),
            resources=BUDGETS,
            reads=True,
        ),
    ),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": (
        unnamed("cloudwatch", "PutCompositeAlarm"),  # IAM grants it on everything or not at all
        ALARM_CARE,
        ALARM_READS,
    ),
    "aws:cloudwatch/dashboard:Dashboard": (
        Right(
            actions=("cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"), resources=DASHBOARDS
        ),
        Right(actions=("cloudwatch:GetDashboard",), resources=DASHBOARDS, reads=True),
    ),
    "aws:cloudwatch/eventRule:EventRule": (
        writes(
            "events",
            "DeleteRule DisableRule EnableRule PutRule TagResource UntagResource",
            NOTICES,
        ),
        reads("events", "DescribeRule ListTagsForResource"),
    ),
    "aws:cloudwatch/eventTarget:EventTarget": (
        writes("events", "PutTargets RemoveTargets", NOTICES),
        reads("events", "ListTargetsByRule"),
    ),
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": (
        writes("logs", "DeleteDataProtectionPolicy PutDataProtectionPolicy", *GROUPS),
        reads("logs", "GetDataProtectionPolicy"),
    ),
    "aws:cloudwatch/logGroup:LogGroup": (
        writes(
            "logs",
            "AssociateKmsKey CreateLogGroup DeleteLogGroup DisassociateKmsKey PutRetentionPolicy"
            " TagResource UntagResource",
            *GROUPS,
        ),
        reads("logs", "DescribeLogGroups ListTagsForResource"),
    ),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": (
        writes("logs", "DeleteMetricFilter PutMetricFilter", *GROUPS),
        reads("logs", "DescribeMetricFilters"),
    ),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": (
        unnamed("logs", "DeleteResourcePolicy PutResourcePolicy"),
        reads("logs", "DescribeResourcePolicies"),
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": (
        writes("cloudwatch", "PutMetricAlarm", ALARMS),
        ALARM_CARE,
        ALARM_READS,
    ),
    "aws:sns/topic:Topic": (
        writes(
            "sns", "CreateTopic DeleteTopic SetTopicAttributes TagResource UntagResource", TOPICS
        ),
        reads("sns", "GetTopicAttributes ListTagsForResource"),
    ),
    "aws:sns/topicPolicy:TopicPolicy": (
        writes("sns", "SetTopicAttributes", TOPICS),
        reads("sns", "GetTopicAttributes"),
    ),
}
