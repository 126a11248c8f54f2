from __future__ import annotations

from components.database.database_access import DatabaseAccess, DatabaseAccessArgs
from tests.engine.recording import record

INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"


def test_a_client_reaches_a_database_by_group_and_on_one_port() -> None:
    args = DatabaseAccessArgs(
        client_security_group_id="ledger-tasks",
        database_security_group_id="general",
        port=5433,
        description="ledger queries the general databases",
    )

    def program() -> None:
        DatabaseAccess("ledger-database", args)

    recording = record(program)

    shared = {
        "description": "ledger queries the general databases",
        "ipProtocol": "tcp",
        "fromPort": 5433,
        "toPort": 5433,
    }
    assert {each.name: each.inputs for each in recording.registrations.values() if each.custom} == {
        "ledger-database-egress": {
            "securityGroupId": "ledger-tasks",
            "referencedSecurityGroupId": "general",
            **shared,
        },
        "ledger-database-ingress": {
            "securityGroupId": "general",
            "referencedSecurityGroupId": "ledger-tasks",
            **shared,
        },
    }
    assert recording.names(EGRESS) == {"ledger-database-egress"}
    assert recording.names(INGRESS) == {"ledger-database-ingress"}
