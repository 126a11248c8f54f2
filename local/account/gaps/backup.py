"""AWS Backup: what a plan backs up, and plans that change and end. moto has no selections, and its plans do neither."""

from __future__ import annotations

import json
from typing import Any

from moto.backup.exceptions import InvalidRequestException, ResourceNotFoundException
from moto.backup.models import BackupBackend, Plan
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random

from local.account.gaps.patch import Function, Untyped, adds, replaces

Json = dict[str, Any]


@adds(BackupResponse)
def create_backup_selection(self: BackupResponse) -> str:
    """Keep a selection."""
    plan = _plan(self)
    made = {
        "SelectionId": str(mock_random.uuid4()),
        "BackupPlanId": plan.backup_plan_id,
        "CreationDate": unix_time(),
        "BackupSelection": json.loads(self.body)["BackupSelection"],
    }
    selections(plan)[made["SelectionId"]] = made
    return json.dumps(
        {name: made[name] for name in ("SelectionId", "BackupPlanId", "CreationDate")}
    )


@adds(BackupResponse)
def get_backup_selection(self: BackupResponse) -> str:
    """Return a selection."""
    return json.dumps(_selection(self))


@adds(BackupResponse)
def list_backup_selections(self: BackupResponse) -> str:
    """List the selections of a plan."""
    found = [_listed(each) for each in selections(_plan(self)).values()]
    return json.dumps({"BackupSelectionsList": found})


@adds(BackupResponse)
def delete_backup_selection(self: BackupResponse) -> str:
    """Drop a selection."""
    del selections(_plan(self))[_selection(self)["SelectionId"]]
    return ""


@adds(BackupResponse)
def update_backup_plan(self: BackupResponse) -> str:
    """Take in another document, as a new version of the plan."""
    plan = _plan(self)
    # A plan makes all of its defaults when it is made.
    other = Plan(json.loads(self.body)["BackupPlan"], plan.creator_request_id, self.backup_backend)
    plan.backup_plan, plan.version_id = other.backup_plan, other.version_id
    plan.advanced_backup_settings = other.advanced_backup_settings
    return json.dumps(plan.to_dict())


@replaces(BackupBackend)
def delete_backup_plan(moto: Function, self: BackupBackend, backup_plan_id: str) -> Untyped:
    """Refuse while it selects something; then it is gone."""
    plan = self.plans.get(backup_plan_id)
    if plan and selections(plan):
        raise InvalidRequestException(
            "Related backup plan selections must be deleted prior to backup plan deletion"
        )
    answer = moto(self, backup_plan_id)
    del self.plans[backup_plan_id]
    return answer


def selections(plan: Plan) -> dict[str, Json]:
    """Return the selections of a plan, by id."""
    found: dict[str, Json] = vars(plan).setdefault("selections", {})
    return found


def _plan(response: BackupResponse) -> Plan:
    # /backup/plans/PLAN, then /selections/SELECTION
    return response.backup_backend.get_backup_plan(response.path.split("/")[3], None)


def _selection(response: BackupResponse) -> Json:
    name = response.path.rstrip("/").split("/")[-1]
    if found := selections(_plan(response)).get(name):
        return found
    raise ResourceNotFoundException(f"Cannot find backup selection {name}")


def _listed(selection: Json) -> Json:
    inner = {
        name: selection["BackupSelection"].get(name) for name in ("SelectionName", "IamRoleArn")
    }
    return {
        name: selection[name] for name in ("SelectionId", "BackupPlanId", "CreationDate")
    } | inner
