"""What the ECS operations have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.responses import EC2ContainerServiceResponse

from local.account.ecs.engine import engine_of
from local.account.ecs.region import Region

Json = dict[str, Any]
T = TypeVar("T")
LISTED_AT_MOST: Final = 100


class Api(EC2ContainerServiceResponse):
    """An answer to one request. It comes at once; what the request began goes on."""

    @property
    def request(self) -> Json:
        """The parameters, those that were not given left out."""
        return {name: value for name, value in self._get_params().items() if value is not None}

    def here(self, work: Callable[[Region], T]) -> T:
        """Do something with the tasks and services of the request's account and region."""
        engine = engine_of(self.current_account)
        if not engine:  # EcsApi asks first
            raise KeyError(self.current_account)
        return engine.call(self.region, work)


def page(arns: list[str], request: Json, default: int) -> tuple[list[str], str | None]:
    """Return the page of a list that a request asks for, and the token of the next one."""
    start, size = int(request.get("nextToken", 0)), request.get("maxResults", default)
    if not 1 <= size <= LISTED_AT_MOST:
        raise InvalidParameterException(f"maxResults is 1 to {LISTED_AT_MOST}, got {size}.")
    following = str(start + size) if arns[start + size :] else None
    return arns[start : start + size], following


def without_tags(view: Json, request: Json) -> Json:
    """Leave the tags out unless the request includes them."""
    if "TAGS" not in request.get("include", []):
        view = {name: value for name, value in view.items() if name != "tags"}
    return view
