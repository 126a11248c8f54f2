"""Every right that an update of the program needs, by the resource type that needs it.

A type without a row cannot be deployed by the pipeline: `tests/infra/test_deploy_rights.py` compares this table with what
the program registers, in both directions. The actions are what is known of AWS's APIs and were not tried on AWS: the
first update by the role is where a gap would show, as an AccessDenied that names the action.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from components.delivery.rights.alerting import ALERTING
from components.delivery.rights.compute import COMPUTE
from components.delivery.rights.data import DATA
from components.delivery.rights.edge import EDGE
from components.delivery.rights.network import NETWORK
from components.delivery.rights.observability import OBSERVABILITY
from components.delivery.rights.packages import PACKAGES
from components.delivery.rights.right import Table

TABLES: Final[Mapping[str, Table]] = {
    "alerting": ALERTING,
    "compute": COMPUTE,
    "data": DATA,
    "edge": EDGE,
    "network": NETWORK,
    "observability": OBSERVABILITY,
    "packages": PACKAGES,
}
"""Each becomes a managed policy of its own: IAM takes 6,144 characters in one."""
RIGHTS: Final[Table] = {kind: row for table in TABLES.values() for kind, row in table.items()}

BY_ADMINISTRATORS: Final = frozenset(
    {"aws:iam/openIdConnectProvider:OpenIdConnectProvider", "aws:iam/policy:Policy"}
)
"""Types that no pipeline may change: the trust in GitHub and the boundaries, through which it would widen its own rights."""
