"""What RDS tells about its databases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

# RDS.20, RDS.21 and RDS.22, by the kind of source. Backups and restarts on request are none: they are no news.
CATEGORIES: Final = {
    "db-instance": ("configuration change", "failure", "maintenance"),
    "db-parameter-group": ("configuration change",),
    "db-security-group": ("configuration change", "failure"),
}


@dataclass(frozen=True, kw_only=True)
class DatabaseEventsArgs:
    """Inputs of DatabaseEvents."""

    topic_arn: pulumi.Input[str]
    """Of a topic that lets RDS publish: see AlertTopic."""
    tags: Mapping[str, str] = field(default_factory=dict)


class DatabaseEvents(pulumi.ComponentResource):
    """Events of every database in the account and region, one made by hand included; once a stack."""

    def __init__(
        self, name: str, args: DatabaseEventsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:DatabaseEvents", name, {}, opts)

        for source, categories in CATEGORIES.items():
            aws.rds.EventSubscription(
                f"{name}-{source.removeprefix('db-')}",
                sns_topic=args.topic_arn,
                source_type=source,
                event_categories=list(categories),
                enabled=True,
                tags=args.tags,
                opts=pulumi.ResourceOptions(parent=self),
            )

        self.register_outputs({})
