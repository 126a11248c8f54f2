"""What ECS watches while it deploys: short windows, plain metric alarms, names that are known beforehand.

A deployment goes on until the alarms' own periods have passed in peace; a window of hours would hold it for hours. ECS
asks for metric alarms by their names and ignores one that is in ALARM when the deployment begins.
"""

from __future__ import annotations

from typing import Final

from components.observability.alarm import Alarm
from components.observability.signals import Signal

ERROR_SHARE: Final = 0.05
PERIODS: Final = 3
NAME: Final = "deploy-errors"


def deployment_alarms(signal: Signal) -> tuple[Alarm, ...]:
    """A twentieth of a service's answers are errors, in two minutes of three."""
    return (
        Alarm(
            name=NAME,
            severity="ticket",
            runbook="deployment",
            summary=(
                f"{signal.words}: more than {ERROR_SHARE:.0%} within minutes. A deployment that is under way"
                " is rolled back."
            ),
            metrics=signal.metrics,
            expression=signal.bad_share,
            threshold=ERROR_SHARE,
            datapoints=2,
            periods=PERIODS,
            missing="notBreaching",
        ),
    )


def deployment_alarm_names(prefix: str) -> tuple[str, ...]:
    """What the ECS service calls its alarms, which are made before it and of the same plain text."""
    return (f"{prefix}-{NAME}",)
