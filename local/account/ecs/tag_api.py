"""Operations on the tags of services and tasks; those of clusters and task definitions are moto's."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.ecs.exceptions import ECSException

from local.account.ecs.base_api import Api
from local.account.ecs.region import Region

Json = dict[str, Any]


class TagApi(Api):
    """Tags by ARN."""

    def list_tags_for_resource(self) -> ActionResult:
        """List the tags of anything in ECS."""
        if not self._is_ours():
            return super().list_tags_for_resource()
        return ActionResult(
            {"tags": self.here(lambda here: list(self._tagged(here).get("tags", [])))}
        )

    def tag_resource(self) -> ActionResult:
        """Add or replace tags."""
        if not self._is_ours():
            return super().tag_resource()
        given = {each["key"]: each.get("value", "") for each in self.request["tags"]}
        self.here(lambda here: self._set(here, _by_key(self._tagged(here)) | given))
        return EmptyResult()

    def untag_resource(self) -> ActionResult:
        """Remove tags."""
        if not self._is_ours():
            return super().untag_resource()
        gone = self.request["tagKeys"]
        self.here(
            lambda here: self._set(
                here,
                {
                    key: value
                    for key, value in _by_key(self._tagged(here)).items()
                    if key not in gone
                },
            )
        )
        return EmptyResult()

    def _is_ours(self) -> bool:
        return self.request["resourceArn"].split(":")[5].split("/")[0] in ("service", "task")

    def _tagged(self, here: Region) -> Json:
        arn = self.request["resourceArn"]
        everything = [
            *(service.settings for service in here.services.values()),
            *(task.shown for task in here.tasks.values()),
        ]
        for each in everything:
            if arn in (each.get("serviceArn"), each.get("taskArn")):
                return each
        raise ECSException(
            "ResourceNotFoundException", f"The specified resource {arn} was not found."
        )

    def _set(self, here: Region, tags: dict[str, str]) -> None:
        self._tagged(here)["tags"] = [{"key": key, "value": value} for key, value in tags.items()]


def _by_key(tagged: Json) -> dict[str, str]:
    return {each["key"]: each.get("value", "") for each in tagged.get("tags", [])}
