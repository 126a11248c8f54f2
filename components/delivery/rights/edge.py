"""What it takes to bring about what the internet reaches: certificate, names, load balancer, firewall, access logs."""

from __future__ import annotations

from typing import Final

from components.delivery.rights.right import Right, Table, reads, unnamed, writes

CERTIFICATES: Final = "certificate/*"
FIREWALLS: Final = "regional/*"
LOG_BUCKET: Final = "arn:aws:s3:::access-logs-bucket-*"
"""Pulumi gives the bucket its name: its resource's, and seven characters."""
ZONES: Final = "arn:aws:route53:::hostedzone/*"


def _bucket(names: str, reading: str) -> tuple[Right, Right]:
    actions, looks = (tuple(f"s3:{each}" for each in text.split()) for text in (names, reading))
    return (
        Right(actions=actions, resources=(LOG_BUCKET,)),
        Right(actions=looks, resources=(LOG_BUCKET,), reads=True),
    )


EDGE: Final[Table] = {
    "aws:acm/certificate:Certificate": (
        unnamed("acm", "RequestCertificate"),
        writes(
            "acm", "AddTagsToCertificate DeleteCertificate RemoveTagsFromCertificate", CERTIFICATES
        ),
        reads("acm", "DescribeCertificate ListTagsForCertificate"),
    ),
    "aws:acm/certificateValidation:CertificateValidation": (reads("acm", "DescribeCertificate"),),
    "aws:lb/listener:Listener": (
        writes(
            "elasticloadbalancing",
            "AddTags CreateListener DeleteListener ModifyListener ModifyListenerAttributes RemoveTags",
            *("loadbalancer/app/*", "listener/app/*"),
        ),
        reads("elasticloadbalancing", "DescribeListenerAttributes DescribeListeners DescribeTags"),
    ),
    "aws:lb/listenerRule:ListenerRule": (
        writes(
            "elasticloadbalancing",
            "AddTags CreateRule DeleteRule ModifyRule RemoveTags SetRulePriorities",
            *("listener/app/*", "listener-rule/app/*"),
        ),
        reads("elasticloadbalancing", "DescribeRules DescribeTags"),
    ),
    "aws:lb/loadBalancer:LoadBalancer": (
        writes(
            "elasticloadbalancing",
            "AddTags CreateLoadBalancer DeleteLoadBalancer ModifyLoadBalancerAttributes RemoveTags"
            " SetSecurityGroups SetSubnets",
            "loadbalancer/app/*",
        ),
        reads(
            "elasticloadbalancing",
            "DescribeCapacityReservation DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeTags",
        ),
    ),
    "aws:lb/targetGroup:TargetGroup": (
        writes(
            "elasticloadbalancing",
            "AddTags CreateTargetGroup DeleteTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes"
            " RemoveTags",
            "targetgroup/*",
        ),
        reads(
            "elasticloadbalancing",
            "DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups",
        ),
    ),
    "aws:route53/record:Record": (
        Right(actions=("route53:ChangeResourceRecordSets",), resources=(ZONES,)),
        reads(
            "route53",
            "GetChange GetHostedZone ListHostedZones ListHostedZonesByName ListResourceRecordSets"
            " ListTagsForResource",
        ),
    ),
    "aws:s3/bucket:Bucket": _bucket(
        "CreateBucket DeleteBucket PutBucketTagging",
        "GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging"
        " GetBucketObjectLockConfiguration GetBucketRequestPayment GetBucketTagging GetBucketWebsite"
        " GetReplicationConfiguration ListBucket",
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _bucket(
        "PutLifecycleConfiguration", "GetLifecycleConfiguration"
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _bucket(
        "PutBucketOwnershipControls", "GetBucketOwnershipControls"
    ),
    "aws:s3/bucketPolicy:BucketPolicy": _bucket(
        "DeleteBucketPolicy PutBucketPolicy", "GetBucketPolicy"
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _bucket(
        "PutBucketPublicAccessBlock", "GetBucketPublicAccessBlock"
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _bucket(
        "PutEncryptionConfiguration", "GetEncryptionConfiguration"
    ),
    "aws:s3/bucketVersioning:BucketVersioning": _bucket(
        "PutBucketVersioning", "GetBucketVersioning"
    ),
    "aws:wafv2/webAcl:WebAcl": (
        writes(
            "wafv2", "CreateWebACL DeleteWebACL TagResource UntagResource UpdateWebACL", FIREWALLS
        ),
        # AWS's own groups of rules stand in the ARN without an account.
        Right(
            actions=("wafv2:CreateWebACL", "wafv2:UpdateWebACL"),
            resources=("arn:aws:wafv2:{region}:*:regional/managedruleset/*",),
        ),
        reads("wafv2", "GetWebACL ListTagsForResource"),
    ),
    "aws:wafv2/webAclAssociation:WebAclAssociation": (
        writes("wafv2", "AssociateWebACL DisassociateWebACL", FIREWALLS),
        writes("elasticloadbalancing", "SetWebACL", "loadbalancer/app/*"),
        reads("wafv2", "GetWebACLForResource"),
    ),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": (
        writes("wafv2", "DeleteLoggingConfiguration PutLoggingConfiguration", FIREWALLS),
        unnamed("logs", "CreateLogDelivery DeleteLogDelivery"),
        reads("wafv2", "GetLoggingConfiguration"),
    ),
}
