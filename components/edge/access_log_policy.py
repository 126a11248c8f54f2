"""Where the load balancer's logs lie in their bucket, and who may write them there."""

from __future__ import annotations

from typing import Any, Final

# The prefix of each kind of log. The load balancer itself adds AWSLogs/<account>/ behind it.
ACCESS_LOGS: Final = "access"
CONNECTION_LOGS: Final = "connection"
# Not delivery.logs.amazonaws.com: that one writes for network load balancers only.
DELIVERY_SERVICE: Final = "logdelivery.elasticloadbalancing.amazonaws.com"


def access_log_policy(
    *, bucket_arn: str, account_id: str, elb_account_arn: str | None
) -> dict[str, Any]:
    """Elastic Load Balancing may add objects below this account's paths, and nobody may do anything without TLS.

    `elb_account_arn` is the account that wrote the logs in regions older than August 2022, before the service had a
    principal of its own. There is no condition on `aws:SourceArn` or `aws:SourceAccount`: AWS's own example has none,
    and load balancers in eu-west-1 were refused with "Access Denied for bucket" because of one. The path takes its place,
    for the service writes each load balancer's logs under the account that owns it.
    """
    deliveries = {"Delivery": {"Service": DELIVERY_SERVICE}}
    if elb_account_arn:
        deliveries["DeliveryByRegionAccount"] = {"AWS": elb_account_arn}
    paths = [
        f"{bucket_arn}/{prefix}/AWSLogs/{account_id}/*" for prefix in (ACCESS_LOGS, CONNECTION_LOGS)
    ]
    tls_only = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket_arn, f"{bucket_arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {
        "Version": "2012-10-17",
        "Statement": [
            tls_only,
            *(
                {
                    "Sid": sid,
                    "Effect": "Allow",
                    "Principal": writer,
                    "Action": "s3:PutObject",
                    "Resource": paths,
                }
                for sid, writer in deliveries.items()
            ),
        ],
    }
