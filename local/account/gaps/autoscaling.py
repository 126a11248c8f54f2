"""Application Auto Scaling: tags, and targets that are services of ours."""

from __future__ import annotations

import json

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import ApplicationAutoscalingBackend
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from local.account.ecs.engine import engine_of
from local.account.gaps.patch import Function, Untyped, adds, parameter, replaces


@replaces(ApplicationAutoscalingBackend)
def _ecs_service_exists_for_target(moto: Function, self: Untyped, r_id: str) -> bool:
    """Look among the services that really run. A target is kept; nothing here scales by itself."""
    engine = engine_of(self.account_id)
    if not engine:
        return bool(moto(self, r_id))
    _, cluster, name = r_id.split("/")
    service = engine.call(self.region_name, lambda here: here.services.get((cluster, name)))
    if not service or service.settings["status"] != "ACTIVE":
        raise AWSValidationException(f"ECS service doesn't exist: {r_id}")
    return True


@replaces(ApplicationAutoScalingResponse)
def register_scalable_target(moto: Function, self: ApplicationAutoScalingResponse) -> str:
    """Keep the tags that come with a target."""
    answer: str = moto(self)
    if tags := parameter(self, "Tags"):
        _tagged(self, json.loads(answer)["ScalableTargetARN"]).update(tags)
    return answer


@adds(ApplicationAutoScalingResponse)
def list_tags_for_resource(self: ApplicationAutoScalingResponse) -> str:
    """List the tags of a target."""
    return json.dumps({"Tags": _tagged(self)})


@adds(ApplicationAutoScalingResponse)
def tag_resource(self: ApplicationAutoScalingResponse) -> str:
    """Add or replace tags."""
    _tagged(self).update(parameter(self, "Tags"))
    return "{}"


@adds(ApplicationAutoScalingResponse)
def untag_resource(self: ApplicationAutoScalingResponse) -> str:
    """Remove tags."""
    tags = _tagged(self)
    for key in parameter(self, "TagKeys"):
        tags.pop(key, None)
    return "{}"


def _tagged(response: ApplicationAutoScalingResponse, arn: str = "") -> dict[str, str]:
    wanted = arn or parameter(response, "ResourceARN")
    for targets in response.applicationautoscaling_backend.targets.values():
        for target in targets.values():
            if target.arn == wanted:
                tags: dict[str, str] = vars(target).setdefault("tags", {})
                return tags
    raise AWSValidationException(f"No scalable target found: {wanted}")
