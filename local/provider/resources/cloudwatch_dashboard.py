"""Dashboards of CloudWatch."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.values import Props, picked


class Dashboard(Handler):
    """aws.cloudwatch.Dashboard."""

    type = "aws:cloudwatch/dashboard:Dashboard"
    inputs = words("dashboardBody dashboardName")
    replace = words("dashboardName")
    computed = ("dashboardArn",)

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["dashboardName"], {}, new)
        return str(new["dashboardName"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        return picked(
            aws("cloudwatch").get_dashboard(DashboardName=identity),
            dashboardArn="DashboardArn",
            dashboardBody="DashboardBody",
            dashboardName="DashboardName",
        )

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("cloudwatch").put_dashboard(DashboardName=identity, DashboardBody=new["dashboardBody"])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("cloudwatch").delete_dashboards(DashboardNames=[identity])


HANDLERS: Final = (Dashboard(),)
