"""Where every role of the program stands, and how far it can go.

The pipeline may touch no role outside this path and make none without this boundary, so a component that forgot one of them
could not be deployed. It is put on roles in this one place, as the provider's tags are: nothing can forget it.
"""

from __future__ import annotations

import pulumi

from components.delivery.permissions_boundary import PermissionsBoundary, PermissionsBoundaryArgs
from components.delivery.statements import Place
from components.delivery.workload_boundary import workload_boundary
from stacks import names
from stacks.settings import StackSettings

ROLE = "aws:iam/role:Role"


def build_role_limits(
    settings: StackSettings, opts: pulumi.ResourceOptions
) -> pulumi.ResourceOptions:
    """The options of everything but the pipeline's own roles.

    Without `delivery` in the settings there is a path and no boundary: nobody but people deploys, and IAM asks them for none.
    """
    path = names.program_role_path(settings.stack)
    boundary = None if settings.delivery is None else _boundary(settings, opts)

    def limited(
        args: pulumi.ResourceTransformationArgs,
    ) -> pulumi.ResourceTransformationResult | None:
        if args.type_ != ROLE:
            return None
        limits = {"path": path, "permissions_boundary": boundary}
        return pulumi.ResourceTransformationResult(props={**args.props, **limits}, opts=args.opts)

    return pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(transformations=[limited]))


def _boundary(settings: StackSettings, opts: pulumi.ResourceOptions) -> pulumi.Output[str]:
    place = place_of(settings)
    return PermissionsBoundary(
        "workload-boundary",
        PermissionsBoundaryArgs(
            policy_name=names.boundary_name(settings.stack, "workload"),
            description="The most that a role of the program can do",
            document=workload_boundary(place),
        ),
        opts=opts,
    ).arn


def place_of(settings: StackSettings) -> Place:
    """Where the stack is, for the documents of IAM."""
    return Place(
        account_id=settings.account.id, region=settings.account.region, stack=settings.stack
    )


def boundary_arn(settings: StackSettings, whose: str) -> str:
    """The ARN of a boundary, for documents that name it whether it was made already or not."""
    name = names.boundary_name(settings.stack, whose)
    return f"arn:aws:iam::{settings.account.id}:policy/{name}"
