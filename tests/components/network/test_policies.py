from __future__ import annotations

import pytest

from components.network.policies import (
    flow_log_delivery,
    flow_log_trust,
    interface_endpoint_policy,
    s3_endpoint_policy,
)

ACCOUNT = "111122223333"
OWN_ACCOUNT = {"StringEquals": {"aws:PrincipalAccount": ACCOUNT, "aws:ResourceAccount": ACCOUNT}}


def test_only_flow_logs_of_this_account_and_region_take_the_role() -> None:
    assert flow_log_trust(region="eu-west-1", account_id=ACCOUNT) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "FlowLogs",
                "Effect": "Allow",
                "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                "Action": "sts:AssumeRole",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": ACCOUNT},
                    "ArnLike": {
                        "aws:SourceArn": "arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/*"
                    },
                },
            }
        ],
    }


def test_the_role_writes_to_one_group_and_makes_none() -> None:
    policy = flow_log_delivery(region="eu-west-1", account_id=ACCOUNT, log_group_name="/flows")

    assert policy["Statement"] == [
        {
            "Sid": "Write",
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            "Resource": "arn:aws:logs:eu-west-1:111122223333:log-group:/flows:*",
        },
        {
            "Sid": "Find",
            "Effect": "Allow",
            "Action": "logs:DescribeLogGroups",
            "Resource": "arn:aws:logs:eu-west-1:111122223333:log-group:*",
        },
    ]


@pytest.mark.parametrize(
    ("service", "actions"),
    [
        ("ecr.api", "ecr:*"),
        ("ecr.dkr", "ecr:*"),
        ("secretsmanager", "secretsmanager:*"),
        ("ssmmessages", "ssmmessages:*"),
    ],
)
def test_an_endpoint_lets_our_principals_reach_our_resources(service: str, actions: str) -> None:
    assert interface_endpoint_policy(service, ACCOUNT) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "OwnAccount",
                "Effect": "Allow",
                "Principal": "*",
                "Action": actions,
                "Resource": "*",
                "Condition": OWN_ACCOUNT,
            }
        ],
    }


def test_s3_lets_pass_our_buckets_and_the_layers_of_images() -> None:
    policy = s3_endpoint_policy(region="eu-west-1", account_id=ACCOUNT)

    assert policy["Statement"] == [
        {
            "Sid": "OwnAccount",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": "*",
            "Condition": OWN_ACCOUNT,
        },
        {
            "Sid": "ImageLayers",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*",
        },
    ]
