"""Who may reach whom: two security-group rules for each call of the catalogue, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from components.compute.service_call import ServiceCall, ServiceCallArgs
from infra.ground import Ground, PlatformService
from stacks import names
from stacks.catalogue import Service


def build_calls(
    ground: Ground, catalogue: Mapping[str, Service], built: Mapping[str, PlatformService]
) -> None:
    """The rules between services; made once all groups exist, so that services may call in circles."""
    for service in catalogue.values():
        for callee in service.calls:
            caller, called = names.slug(service.name), names.slug(callee)
            ServiceCall(
                f"{caller}-calls-{called}",
                ServiceCallArgs(
                    caller_security_group_id=built[service.name].fargate.security_group_id,
                    callee_security_group_id=built[callee].fargate.security_group_id,
                    callee_port=catalogue[callee].port,
                    description=f"{caller} calls {called}",
                ),
                opts=ground.opts,
            )
