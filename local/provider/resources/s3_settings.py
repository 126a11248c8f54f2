"""The settings of a bucket, which S3 has a pair of calls for each and Pulumi a resource for each."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.shapes import from_aws, to_aws
from local.provider.values import Props, picked

# The provider's names that are not the API's with a small letter.
NAMES: Final = {"id": "ID", "kmsMasterKeyId": "KMSMasterKeyID", "sseAlgorithm": "SSEAlgorithm"}


class BucketSetting(Handler):
    """What the settings have in common: they go by the bucket's name, and setting them is one call."""

    replace = words("bucket")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["bucket"], {}, new)
        return str(new["bucket"])


class BucketPolicy(BucketSetting):
    """aws.s3.BucketPolicy."""

    type = "aws:s3/bucketPolicy:BucketPolicy"
    inputs = words("bucket policy")

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("s3").get_bucket_policy(Bucket=identity)
        return {"bucket": identity, "policy": answer["Policy"]}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("s3").put_bucket_policy(Bucket=identity, Policy=new["policy"])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("s3").delete_bucket_policy(Bucket=identity)


class BucketPublicAccessBlock(BucketSetting):
    """aws.s3.BucketPublicAccessBlock."""

    type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
    switches = words("blockPublicAcls blockPublicPolicy ignorePublicAcls restrictPublicBuckets")
    inputs = switches | {"bucket"}

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("s3").get_public_access_block(Bucket=identity)
        return {"bucket": identity, **from_aws(answer["PublicAccessBlockConfiguration"])}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        switches = {name: new.get(name, False) for name in self.switches}
        aws("s3").put_public_access_block(
            Bucket=identity, PublicAccessBlockConfiguration=to_aws(switches)
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("s3").delete_public_access_block(Bucket=identity)


class BucketOwnershipControls(BucketSetting):
    """aws.s3.BucketOwnershipControls."""

    type = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
    inputs = words("bucket rule")

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("s3").get_bucket_ownership_controls(Bucket=identity)
        rules = answer["OwnershipControls"]["Rules"]
        return {"bucket": identity, "rule": from_aws(rules[0])}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("s3").put_bucket_ownership_controls(
            Bucket=identity, OwnershipControls={"Rules": [to_aws(new["rule"])]}
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("s3").delete_bucket_ownership_controls(Bucket=identity)


class BucketVersioning(BucketSetting):
    """aws.s3.BucketVersioning; S3 can suspend versioning, and never end it."""

    type = "aws:s3/bucketVersioning:BucketVersioning"
    inputs = words("bucket versioningConfiguration")
    filled = words("versioningConfiguration")

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("s3").get_bucket_versioning(Bucket=identity)
        configuration = picked(answer, status="Status", mfaDelete="MFADelete")
        if configuration["status"] is None:
            return None
        return {"bucket": identity, "versioningConfiguration": configuration}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._set(aws, identity, new["versioningConfiguration"]["status"])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        self._set(aws, identity, "Suspended")

    @staticmethod
    def _set(aws: Aws, bucket: str, status: str) -> None:
        aws("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})


class BucketEncryption(BucketSetting):
    """aws.s3.BucketServerSideEncryptionConfiguration."""

    type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    inputs = words("bucket rules")
    filled = words("rules")

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("s3").get_bucket_encryption(Bucket=identity)
        rules = answer["ServerSideEncryptionConfiguration"]["Rules"]
        return {"bucket": identity, "rules": from_aws(rules, NAMES)}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("s3").put_bucket_encryption(
            Bucket=identity,
            ServerSideEncryptionConfiguration={"Rules": to_aws(new["rules"], NAMES)},
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("s3").delete_bucket_encryption(Bucket=identity)


class BucketLifecycle(BucketSetting):
    """aws.s3.BucketLifecycleConfiguration."""

    type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    inputs = words("bucket rules")

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("s3").get_bucket_lifecycle_configuration(Bucket=identity)
        rules = [{"filter": {}, **each} for each in from_aws(answer["Rules"], NAMES)]
        return {"bucket": identity, "rules": rules}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("s3").put_bucket_lifecycle_configuration(
            Bucket=identity, LifecycleConfiguration={"Rules": to_aws(new["rules"], NAMES)}
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("s3").delete_bucket_lifecycle(Bucket=identity)


class BucketLogging(BucketSetting):
    """aws.s3.BucketLogging: where S3 records who used a bucket."""

    type = "aws:s3/bucketLogging:BucketLogging"
    inputs = words("bucket targetBucket targetPrefix")

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        logging = aws("s3").get_bucket_logging(Bucket=identity).get("LoggingEnabled")
        return logging and {
            "bucket": identity,
            **picked(logging, targetBucket="TargetBucket", targetPrefix="TargetPrefix"),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        target = {"TargetBucket": new["targetBucket"], "TargetPrefix": new["targetPrefix"]}
        aws("s3").put_bucket_logging(
            Bucket=identity, BucketLoggingStatus={"LoggingEnabled": target}
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("s3").put_bucket_logging(Bucket=identity, BucketLoggingStatus={})


HANDLERS: Final = (
    BucketPolicy(),
    BucketPublicAccessBlock(),
    BucketOwnershipControls(),
    BucketVersioning(),
    BucketEncryption(),
    BucketLifecycle(),
    BucketLogging(),
)
