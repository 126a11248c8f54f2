"""How a service is found by others, and finds them."""

from __future__ import annotations

from typing import Final

import pulumi
import pulumi_aws as aws

from components.compute.container_definitions import PORT_NAME
from components.compute.task_log import LogTarget, log_configuration

# The proxy would cut a call after 15 s. The load balancer's requests pass it too, and may take 60.
CALL_TIMEOUT_SECONDS: Final = 60
IDLE_TIMEOUT_SECONDS: Final = 300
LOG_STREAM_PREFIX: Final = "service-connect"


def service_connect(
    service_name: str, port: int, namespace_arn: pulumi.Input[str], log: LogTarget
) -> aws.ecs.ServiceServiceConnectConfigurationArgs:
    """A server in every case: the first service of an empty namespace never completes as a mere client."""
    endpoint = aws.ecs.ServiceServiceConnectConfigurationServiceArgs(
        port_name=PORT_NAME,
        discovery_name=service_name,
        client_alias=[
            aws.ecs.ServiceServiceConnectConfigurationServiceClientAliasArgs(
                dns_name=service_name, port=port
            )
        ],
        timeout=aws.ecs.ServiceServiceConnectConfigurationServiceTimeoutArgs(
            idle_timeout_seconds=IDLE_TIMEOUT_SECONDS,
            per_request_timeout_seconds=CALL_TIMEOUT_SECONDS,
        ),
    )
    driver, options = log_configuration(log, LOG_STREAM_PREFIX)
    return aws.ecs.ServiceServiceConnectConfigurationArgs(
        enabled=True,
        namespace=namespace_arn,
        services=[endpoint],
        log_configuration=aws.ecs.ServiceServiceConnectConfigurationLogConfigurationArgs(
            log_driver=driver, options=options
        ),
    )
