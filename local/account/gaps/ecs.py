"""ECS: clusters that are kept, services that deploy, tasks that run. It is all in local.account.ecs."""

from __future__ import annotations

from local.account.ecs.api import serve

serve()
