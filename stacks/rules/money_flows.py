"""Which services are watched for work that falls silent."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.draft import Draft
from stacks.errors import Problem


def check_money_flows(draft: Draft) -> Iterator[Problem]:
    """Only a service whose finished work the catalogue names can be waited for."""
    flowing = ", ".join(each.name for each in draft.catalogue.values() if each.money_flow)
    for service, own in draft.each_service():
        if own.money_flow_hours is not None and service.money_flow is None:
            text = (
                f"{own.money_flow_hours} waits for a money flow, and {service.name} has none in"
                f" stacks/catalogue.py; remove it, or declare it there, as for {flowing}"
            )
            yield Problem(place=("services", service.name, "money_flow_hours"), text=text)
