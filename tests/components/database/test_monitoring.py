from __future__ import annotations

from components.database.enhanced_monitoring import EnhancedMonitoring, EnhancedMonitoringArgs
from tests.components.database.database_samples import ROLE, ROLE_POLICY
from tests.engine.outputs import ACCOUNT, REGION
from tests.engine.recording import Recording, record

GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:RDSOSMetrics"


def _record() -> Recording:
    def program() -> None:
        EnhancedMonitoring(
            "card",
            EnhancedMonitoringArgs(
                identifier="turnstay-staging-card",
                account_id=ACCOUNT,
                region=REGION,
                tags={"service": "secure-card-service"},
            ),
        )

    return record(program)


def test_rds_takes_the_role_for_this_instance_alone() -> None:
    role = _record().one(ROLE, "card-role")

    assert role.json("assumeRolePolicy") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EnhancedMonitoring",
                "Effect": "Allow",
                "Principal": {"Service": "monitoring.rds.amazonaws.com"},
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": "111122223333"},
                    "ArnLike": {
                        "aws:SourceArn": (
                            "arn:aws:rds:eu-west-1:111122223333:db:turnstay-staging-card"
                        )
                    },
                },
            }
        ],
    }
    assert role.inputs["tags"] == {"service": "secure-card-service"}


def test_it_may_write_the_one_group_of_enhanced_monitoring() -> None:
    policy = _record().one(ROLE_POLICY, "card-delivery")

    assert policy.inputs["role"] == "card-role"
    assert policy.json("policy") == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Group",
                "Effect": "Allow",
                "Action": ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
                "Resource": [GROUP, f"{GROUP}:*"],
            },
            {
                "Sid": "Streams",
                "Effect": "Allow",
                "Action": [
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:GetLogEvents",
                    "logs:PutLogEvents",
                ],
                "Resource": f"{GROUP}:log-stream:*",
            },
        ],
    }


def test_it_gives_the_role() -> None:
    recording = _record()

    assert recording.outputs[recording.one("turnstay:database:EnhancedMonitoring", "card").urn] == {
        "role_arn": "arn:aws:iam::111122223333:role/card-role"
    }
