"""A page of graphs in CloudWatch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pulumi
import pulumi_aws as aws

from components.observability.graphs import Graph, body


@dataclass(frozen=True, kw_only=True)
class DashboardArgs:
    """Inputs of Dashboard."""

    dashboard_name: str
    region: str
    graphs: Sequence[Graph]
    dimensions: Mapping[str, Mapping[str, pulumi.Input[str]]]
    """The values of dimensions, by the resource that graphs are `of`."""

    def __post_init__(self) -> None:
        for graph in self.graphs:
            named = {each for metric in graph.metrics for each in metric.dimensions}
            if missing := sorted(named - set(self.dimensions.get(graph.of, {}))):
                raise ValueError(
                    f"dashboard {self.dashboard_name}: {graph.title} needs {missing} of {graph.of}"
                )


class Dashboard(pulumi.ComponentResource):
    """Only for looking at: nothing depends on it, and nobody is told by it."""

    def __init__(
        self, name: str, args: DashboardArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:Dashboard", name, {}, opts)

        values = pulumi.Output.all(
            **{of: pulumi.Output.all(**inputs) for of, inputs in args.dimensions.items()}
        )
        aws.cloudwatch.Dashboard(
            f"{name}-dashboard",
            dashboard_name=args.dashboard_name,
            dashboard_body=values.apply(partial(_json, graphs=args.graphs, region=args.region)),
            opts=pulumi.ResourceOptions(parent=self),
        )

        self.register_outputs({})


def _json(values: Mapping[str, Mapping[str, Any]], *, graphs: Sequence[Graph], region: str) -> str:
    return json.dumps(body(graphs, region=region, dimensions=values), sort_keys=True)
