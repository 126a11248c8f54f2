"""A bucket of this account that nobody else can reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scripts.bootstrap.aws import Aws
from scripts.bootstrap.bucket_settings import NO_ACLS, Setting, bucket_settings
from scripts.bootstrap.bucket_spec import BucketSpec
from scripts.bootstrap.errors import BootstrapError, ForbiddenError
from scripts.bootstrap.requirement import Requirement
from scripts.bootstrap.target import Target


class Bucket:
    """One bucket. Every call names the account that must own it, so a name somebody else took is never written to."""

    def __init__(self, aws: Aws, target: Target, spec: BucketSpec) -> None:
        self._aws = aws
        self._target = target
        self._spec = spec
        self._which = {"Bucket": spec.name, "ExpectedBucketOwner": target.account_id}

    def requirements(self) -> Iterator[Requirement]:
        """All that must be so of the bucket, its existence first."""
        yield Requirement(
            place=self._spec.place,
            name="bucket",
            wanted=lambda: {"region": self._target.region},
            read=self._region,
            write=self._create,
        )
        for setting in bucket_settings(self._spec):
            yield Requirement(
                place=self._spec.place,
                name=setting.name,
                wanted=setting.wanted,
                read=self._reader(setting),
                write=self._writer(setting),
            )

    def _reader(self, setting: Setting) -> Callable[[], object | None]:
        def read() -> object | None:
            absent = ("NoSuchBucket", setting.absent)
            answer = self._aws.find("s3", setting.get, absent, **self._which)
            return None if answer is None else setting.said(answer)

        return read

    def _writer(self, setting: Setting) -> Callable[[], None]:
        def write() -> None:
            self._aws.call("s3", setting.put, **self._which, **setting.parameters())

        return write

    def _region(self) -> dict[str, str] | None:
        try:
            found = self._aws.find("s3", "head_bucket", ("404", "NoSuchBucket"), **self._which)
        except ForbiddenError as error:
            raise self._out_of_reach() from error
        return None if found is None else {"region": str(found.get("BucketRegion"))}

    def _create(self) -> None:
        if (found := self._region()) is not None:
            raise BootstrapError(
                f"the bucket {self._spec.name} lies in {found['region']}, not in {self._target.region}, and"
                " a bucket cannot move; name another by --bucket"
            )
        # The region where S3 began is named by naming none.
        location = (
            {}
            if self._target.region == "us-east-1"
            else {"CreateBucketConfiguration": {"LocationConstraint": self._target.region}}
        )
        taken = ("BucketAlreadyExists",)
        parameters = {"Bucket": self._spec.name, "ObjectOwnership": NO_ACLS, **location}
        if self._aws.find("s3", "create_bucket", taken, **parameters) is None:
            raise self._out_of_reach()

    def _out_of_reach(self) -> BootstrapError:
        return BootstrapError(
            f"the bucket {self._spec.name} exists, but not for these credentials: it belongs to another account"
            " than"
            f" {self._target.account_id} (bucket names are global; name another by --bucket), or they may not list it"
        )
