"""The policy documents of the network: flow logs and what may pass through a VPC endpoint."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


def _document(*statements: dict[str, Any]) -> Document:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def flow_log_trust(*, region: str, account_id: str) -> Document:
    """Let VPC Flow Logs take the role for flow logs of this account, not as another customer's deputy."""
    return _document(
        {
            "Sid": "FlowLogs",
            "Effect": "Allow",
            "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": account_id},
                "ArnLike": {"aws:SourceArn": f"arn:aws:ec2:{region}:{account_id}:vpc-flow-log/*"},
            },
        }
    )


def flow_log_delivery(*, region: str, account_id: str, log_group_name: str) -> Document:
    """Allow writing to one log group, which exists. Its key is used by the logs service itself."""
    groups = f"arn:aws:logs:{region}:{account_id}:log-group:"
    return _document(
        {
            "Sid": "Write",
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            "Resource": f"{groups}{log_group_name}:*",
        },
        {
            "Sid": "Find",
            "Effect": "Allow",
            "Action": "logs:DescribeLogGroups",  # lists: it has no narrower resource
            "Resource": f"{groups}*",
        },
    )


def _own_account(service: str, account_id: str) -> dict[str, Any]:
    """Allow our principals on our resources.

    The principal is `*` because an account id there would mean its root user alone; the condition is what counts.
    Without it, a stolen task could carry data out with credentials of the thief's account.
    """
    return {
        "Sid": "OwnAccount",
        "Effect": "Allow",
        "Principal": "*",
        "Action": f"{service}:*",
        "Resource": "*",
        "Condition": {
            "StringEquals": {
                "aws:PrincipalAccount": account_id,
                "aws:ResourceAccount": account_id,
            }
        },
    }


def interface_endpoint_policy(service: str, account_id: str) -> Document:
    """Limit what passes to a service; `ecr.api` and `ecr.dkr` are two doors of `ecr`."""
    return _document(_own_account(service.partition(".")[0], account_id))


def s3_endpoint_policy(*, region: str, account_id: str) -> Document:
    """Allow our buckets, and the layers of images: ECR keeps these in a bucket of its own and signs links."""
    return _document(
        _own_account("s3", account_id),
        {
            "Sid": "ImageLayers",
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::prod-{region}-starport-layer-bucket/*",
        },
    )
