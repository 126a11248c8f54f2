from __future__ import annotations

from components.compute.service_call import ServiceCall, ServiceCallArgs
from tests.engine.recording import record


def test_a_call_is_one_rule_out_and_one_rule_in_and_nothing_else() -> None:
    def program() -> None:
        ServiceCall(
            "recon-calls-ledger",
            ServiceCallArgs(
                caller_security_group_id="sg-recon",
                callee_security_group_id="sg-ledger",
                callee_port=8000,
                description="recon calls ledger",
            ),
        )

    recording = record(program)
    way = {
        "description": "recon calls ledger",
        "ipProtocol": "tcp",
        "fromPort": 8000,
        "toPort": 8000,
    }
    assert {each.type: each.inputs for each in recording.registrations.values() if each.custom} == {
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
            "securityGroupId": "sg-recon",
            "referencedSecurityGroupId": "sg-ledger",
            **way,
        },
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
            "securityGroupId": "sg-ledger",
            "referencedSecurityGroupId": "sg-recon",
            **way,
        },
    }
