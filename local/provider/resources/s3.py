"""S3 buckets."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws, Client
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props

# The one region that must not be named when a bucket is made.
FIRST_REGION: Final = "us-east-1"


class Bucket(Handler):
    """aws.s3.Bucket, with its settings as resources of their own."""

    type = "aws:s3/bucket:Bucket"
    inputs = words("bucket forceDestroy tags")
    replace = words("bucket")
    computed = ("arn", "bucketDomainName", "bucketRegion", "bucketRegionalDomainName")
    unread = words("forceDestroy")
    autoname = Autoname(property="bucket", longest=63, lower=True)
    tagging = "s3"

    def create(self, aws: Aws, new: Props) -> str:
        s3, identity = aws("s3"), str(new["bucket"])
        place = {"CreateBucketConfiguration": {"LocationConstraint": aws.region}}
        s3.create_bucket(Bucket=identity, **({} if aws.region == FIRST_REGION else place))
        with existing(identity):
            if new["tagsAll"]:
                s3.put_bucket_tagging(Bucket=identity, Tagging={"TagSet": pairs(new["tagsAll"])})
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        location = aws("s3").get_bucket_location(Bucket=identity)["LocationConstraint"]
        region = location or FIRST_REGION
        return {
            "arn": f"arn:aws:s3:::{identity}",
            "bucket": identity,
            "bucketDomainName": f"{identity}.s3.amazonaws.com",
            "bucketRegion": region,
            "bucketRegionalDomainName": f"{identity}.s3.{region}.amazonaws.com",
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        if state.get("forceDestroy"):
            _empty(aws("s3"), identity)
        aws("s3").delete_bucket(Bucket=identity)


def _empty(s3: Client, bucket: str) -> None:
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        objects = [
            {"Key": each["Key"], "VersionId": each["VersionId"]}
            for each in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        ]
        if objects:
            s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})


HANDLERS: Final = (Bucket(),)
