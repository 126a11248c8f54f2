"""moto's EC2 without its tables of machines, which nothing here starts: reading them is more than half of an account's start.

Whoever asks for instance types is told that there are none. Imported before anything that imports moto.ec2 by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest.mock import patch

import boto3
import botocore.session
from botocore.regions import EndpointResolver
from moto.utilities import utils

MACHINES: Final = "../resources/instance_type"


@contextmanager
def _without_tables() -> Iterator[None]:
    read = utils.load_resource
    resolver = EndpointResolver(botocore.session.get_session().get_data("endpoints"))

    def load(package: str, resource: str) -> Any:  # noqa: ANN401 - any JSON
        return {} if resource.startswith(MACHINES) else read(package, resource)

    # boto3 reads the whole of EC2's model to learn that its endpoints are called "ec2", and that once for each call.
    def regions(_: object, service_name: str, partition_name: str = "aws") -> list[str]:
        return list(resolver.get_available_endpoints(service_name, partition_name))

    with (
        patch.object(utils, "load_resource", load),
        patch.object(boto3.Session, "get_available_regions", regions),
    ):
        yield


if "moto.ec2" not in sys.modules:
    with _without_tables():
        import moto.ec2.models  # noqa: F401 - read once in a process
