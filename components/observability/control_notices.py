"""What tells that a security control no longer works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from components.observability.notices import Notice, calls


def _control(name: str, summary: str, pattern: Mapping[str, Any]) -> Notice:
    return Notice(
        name=name, severity="page", runbook="control-stopped", summary=summary, pattern=pattern
    )


# PCI DSS 10.7.2: a critical security control that stops is told at once. Each is an act of a person, never of traffic.
CONTROL_NOTICES: Final = (
    _control(
        "trail-stopped",
        "The audit trail was stopped, changed or deleted.",
        calls("cloudtrail", "StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"),
    ),
    _control(
        "detector-off",
        "GuardDuty was switched off or told to look away.",
        calls(
            "guardduty",
            "DeleteDetector",
            "UpdateDetector",
            "DisassociateFromMasterAccount",
            "DisassociateFromAdministratorAccount",
            "StopMonitoringMembers",
        ),
    ),
    _control(
        "recorder-stopped",
        "AWS Config no longer records what changes.",
        calls(
            "config",
            "StopConfigurationRecorder",
            "DeleteConfigurationRecorder",
            "DeleteDeliveryChannel",
        ),
    ),
    _control(
        "flow-log-deleted",
        "The network's flow log was deleted.",
        calls("ec2", "DeleteFlowLogs"),
    ),
    _control(
        "firewall-off",
        "The firewall was taken away from what it protects, or it no longer logs.",
        calls("wafv2", "DeleteLoggingConfiguration", "DisassociateWebACL", "DeleteWebACL"),
    ),
    _control(
        "key-ends",
        "A key was disabled or is scheduled for deletion: what it encrypts cannot be read any more.",
        calls("kms", "DisableKey", "ScheduleKeyDeletion", "DisableKeyRotation"),
    ),
    _control(
        "log-deleted",
        "A log group was deleted, or card numbers in it are no longer masked.",
        calls("logs", "DeleteLogGroup", "DeleteDataProtectionPolicy"),
    ),
    _control(
        "alarm-silenced",
        "An alarm was deleted or its actions were switched off.",
        # Autoscaling makes and deletes alarms of its own all the time.
        calls(
            "monitoring",
            "DeleteAlarms",
            "DisableAlarmActions",
            alarmNames=[{"prefix": "turnstay-"}],
        ),
    ),
)
