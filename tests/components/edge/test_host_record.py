from __future__ import annotations

from components.edge.host_record import HostRecord, HostRecordArgs
from tests.components.edge.sample import HOSTS, RECORD, edge, misspelt
from tests.engine.recording import record


def test_the_host_has_the_load_balancers_address_in_its_own_zone() -> None:
    def program() -> None:
        HostRecord(
            "api",
            HostRecordArgs(
                host="api.turnstay.com",
                zone_id="Z1",
                load_balancer_dns_name="lb.eu-west-1.elb.amazonaws.com",
                load_balancer_zone_id="Z32O12XQLNTSW2",
            ),
        )

    recording = record(program)

    assert recording.one(RECORD, "api-address").inputs == {
        "zoneId": "Z1",
        "name": "api.turnstay.com",
        "type": "A",
        "aliases": [
            {
                "name": "lb.eu-west-1.elb.amazonaws.com",
                "zoneId": "Z32O12XQLNTSW2",
                "evaluateTargetHealth": False,
            }
        ],
    }
    assert misspelt(recording) == []


def test_a_preview_shows_the_record_before_there_is_a_load_balancer() -> None:
    name = f"{HOSTS[0].replace('.', '-')}-address"

    assert edge(preview=True).one(RECORD, name).inputs["name"] == HOSTS[0]
