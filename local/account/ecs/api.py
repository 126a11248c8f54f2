"""The ECS operations of the account."""

from __future__ import annotations

from typing import Final

from moto.core.common_types import TYPE_RESPONSE
from moto.ecs import urls
from moto.ecs.responses import EC2ContainerServiceResponse

from local.account.ecs.cluster_api import ClusterApi
from local.account.ecs.engine import engine_of
from local.account.ecs.service_api import ServiceApi
from local.account.ecs.tag_api import TagApi
from local.account.ecs.task_api import TaskApi

PLACE: Final = "{0}/$"  # of ECS in moto's table of URLs


class EcsApi(ClusterApi, ServiceApi, TaskApi, TagApi):
    """Clusters, services, tasks and their tags; task definitions and the rest are moto's.

    An account that does not run by `Account`, such as one of a test with `mock_aws`, gets plain moto.
    """

    # moto changes this table of the class with each request
    RESPONSE_KEY_PATH_TO_TRANSFORMER = {  # noqa: RUF012 - moto declares it without ClassVar
        **EC2ContainerServiceResponse.RESPONSE_KEY_PATH_TO_TRANSFORMER
    }

    def call_action(self) -> TYPE_RESPONSE:
        """Answer one request."""
        if engine_of(self.current_account):
            return super().call_action()
        plain = EC2ContainerServiceResponse()
        vars(plain).update(vars(self))
        return plain.call_action()


def serve() -> None:
    """Take the place of moto's ECS operations."""
    urls.url_paths[PLACE] = EcsApi.dispatch
