"""The calls and the words of each service for tags: one row of STYLES a service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from local.provider.aws import Aws, Client
from local.provider.tags import Tags, pairs, unpaired
from local.provider.values import Props


@dataclass(frozen=True)
class Style:
    """How a service reads, adds and removes the tags of one resource, which `resource` picks from id and state."""

    service: str
    resource: Callable[[str, Props], str]
    read: Callable[[Client, str], Tags]
    add: Callable[[Client, str, Tags], object]
    remove: Callable[[Client, str, list[str]], object]


def _by_id(identity: str, _state: Props) -> str:
    return identity


def _by_arn(_identity: str, state: Props) -> str:
    return str(state["arn"])


def _with_arn(
    service: str,
    argument: str,
    *,
    members: tuple[str, str] = ("Key", "Value"),
    names: tuple[str, str, str] = ("Tags", "TagKeys", "Tags"),
    resource: Callable[[str, Props], str] = _by_arn,
    operations: tuple[str, str, str] = ("list_tags_for_resource", "tag_resource", "untag_resource"),
) -> Style:
    """Describe a service that follows the common pattern: one argument for the resource, a list of pairs."""
    listing, adding, removing = operations
    added, removed, listed = names
    key, value = members

    def read(client: Client, arn: str) -> Tags:
        return unpaired(getattr(client, listing)(**{argument: arn}).get(listed, []), key, value)

    def add(client: Client, arn: str, tags: Tags) -> None:
        getattr(client, adding)(**{argument: arn, added: pairs(tags, key, value)})

    def remove(client: Client, arn: str, keys: list[str]) -> None:
        getattr(client, removing)(**{argument: arn, removed: keys})

    return Style(service, resource, read, add, remove)


def _write_bucket_tags(client: Client, bucket: str, tags: Tags) -> None:
    client.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": pairs(tags)})


def _remove_bucket_tags(client: Client, bucket: str, keys: list[str]) -> None:
    # S3 knows only the whole set of tags.
    kept = {key: text for key, text in _read_bucket_tags(client, bucket).items() if key not in keys}
    if kept:
        _write_bucket_tags(client, bucket, kept)
    else:
        client.delete_bucket_tagging(Bucket=bucket)


def _read_bucket_tags(client: Client, bucket: str) -> Tags:
    try:
        return unpaired(client.get_bucket_tagging(Bucket=bucket)["TagSet"])
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchTagSet":
            return {}
        raise


STYLES: Final[dict[str, Style]] = {
    "ec2": Style(
        "ec2",
        _by_id,
        lambda ec2, resource: unpaired(
            ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [resource]}])["Tags"]
        ),
        lambda ec2, resource, tags: ec2.create_tags(Resources=[resource], Tags=pairs(tags)),
        lambda ec2, resource, keys: ec2.delete_tags(
            Resources=[resource], Tags=[{"Key": key} for key in keys]
        ),
    ),
    "elbv2": Style(
        "elbv2",
        _by_arn,
        lambda elb, arn: unpaired(
            elb.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"]
        ),
        lambda elb, arn, tags: elb.add_tags(ResourceArns=[arn], Tags=pairs(tags)),
        lambda elb, arn, keys: elb.remove_tags(ResourceArns=[arn], TagKeys=keys),
    ),
    "logs": Style(
        "logs",
        _by_arn,
        lambda logs, arn: dict(logs.list_tags_for_resource(resourceArn=arn)["tags"]),
        lambda logs, arn, tags: logs.tag_resource(resourceArn=arn, tags=tags),
        lambda logs, arn, keys: logs.untag_resource(resourceArn=arn, tagKeys=keys),
    ),
    "s3": Style(
        "s3",
        _by_id,
        _read_bucket_tags,
        lambda s3, bucket, tags: _write_bucket_tags(
            s3, bucket, {**_read_bucket_tags(s3, bucket), **tags}
        ),
        _remove_bucket_tags,
    ),
    "wafv2": Style(
        "wafv2",
        _by_arn,
        lambda waf, arn: unpaired(
            waf.list_tags_for_resource(ResourceARN=arn)["TagInfoForResource"]["TagList"]
        ),
        lambda waf, arn, tags: waf.tag_resource(ResourceARN=arn, Tags=pairs(tags)),
        lambda waf, arn, keys: waf.untag_resource(ResourceARN=arn, TagKeys=keys),
    ),
    "application-autoscaling": Style(
        "application-autoscaling",
        _by_arn,
        lambda scaling, arn: dict(scaling.list_tags_for_resource(ResourceARN=arn)["Tags"]),
        lambda scaling, arn, tags: scaling.tag_resource(ResourceARN=arn, Tags=tags),
        lambda scaling, arn, keys: scaling.untag_resource(ResourceARN=arn, TagKeys=keys),
    ),
    "acm": Style(
        "acm",
        _by_arn,
        lambda acm, arn: unpaired(acm.list_tags_for_certificate(CertificateArn=arn)["Tags"]),
        lambda acm, arn, tags: acm.add_tags_to_certificate(CertificateArn=arn, Tags=pairs(tags)),
        lambda acm, arn, keys: acm.remove_tags_from_certificate(
            CertificateArn=arn, Tags=[{"Key": key} for key in keys]
        ),
    ),
    "backup": Style(
        "backup",
        _by_arn,
        lambda backup, arn: dict(backup.list_tags(ResourceArn=arn)["Tags"]),
        lambda backup, arn, tags: backup.tag_resource(ResourceArn=arn, Tags=tags),
        lambda backup, arn, keys: backup.untag_resource(ResourceArn=arn, TagKeyList=keys),
    ),
    "budgets": _with_arn(
        "budgets", "ResourceARN", names=("ResourceTags", "ResourceTagKeys", "ResourceTags")
    ),
    "cloudwatch": _with_arn("cloudwatch", "ResourceARN"),
    "codeartifact": _with_arn(
        "codeartifact",
        "resourceArn",
        members=("key", "value"),
        names=("tags", "tagKeys", "tags"),
    ),
    "ecr": _with_arn("ecr", "resourceArn", names=("tags", "tagKeys", "tags")),
    "ecs": _with_arn(
        "ecs", "resourceArn", members=("key", "value"), names=("tags", "tagKeys", "tags")
    ),
    "events": _with_arn("events", "ResourceARN"),
    "iam": _with_arn(
        "iam",
        "RoleName",
        resource=_by_id,
        operations=("list_role_tags", "tag_role", "untag_role"),
    ),
    "iam policy": _with_arn(
        "iam",
        "PolicyArn",
        operations=("list_policy_tags", "tag_policy", "untag_policy"),
    ),
    "iam provider": _with_arn(
        "iam",
        "OpenIDConnectProviderArn",
        operations=(
            "list_open_id_connect_provider_tags",
            "tag_open_id_connect_provider",
            "untag_open_id_connect_provider",
        ),
    ),
    "kms": _with_arn(
        "kms",
        "KeyId",
        members=("TagKey", "TagValue"),
        resource=_by_id,
        operations=("list_resource_tags", "tag_resource", "untag_resource"),
    ),
    "lambda": Style(
        "lambda",
        _by_arn,
        lambda functions, arn: dict(functions.list_tags(Resource=arn)["Tags"]),
        lambda functions, arn, tags: functions.tag_resource(Resource=arn, Tags=tags),
        lambda functions, arn, keys: functions.untag_resource(Resource=arn, TagKeys=keys),
    ),
    "rds": _with_arn(
        "rds",
        "ResourceName",
        names=("Tags", "TagKeys", "TagList"),
        operations=(
            "list_tags_for_resource",
            "add_tags_to_resource",
            "remove_tags_from_resource",
        ),
    ),
    "secretsmanager": _with_arn(
        "secretsmanager",
        "SecretId",
        operations=("describe_secret", "tag_resource", "untag_resource"),
    ),
    "servicediscovery": _with_arn("servicediscovery", "ResourceARN"),
    "scheduler": _with_arn("scheduler", "ResourceArn"),
    "sns": _with_arn("sns", "ResourceArn"),
    "sqs": Style(
        "sqs",
        _by_id,
        lambda queues, url: dict(queues.list_queue_tags(QueueUrl=url).get("Tags", {})),
        lambda queues, url, tags: queues.tag_queue(QueueUrl=url, Tags=tags),
        lambda queues, url, keys: queues.untag_queue(QueueUrl=url, TagKeys=keys),
    ),
}


def read(aws: Aws, style: Style, identity: str, state: Props) -> Tags:
    """Ask the account for the tags of a resource, without those that AWS itself sets."""
    tags = style.read(aws(style.service), style.resource(identity, state))
    return {key: text for key, text in tags.items() if not key.startswith("aws:")}


def change(aws: Aws, style: Style, resource: str, old: Tags, new: Tags) -> None:
    """Bring the tags of a resource from `old` to `new`."""
    client = aws(style.service)
    if removed := sorted(set(old) - set(new)):
        style.remove(client, resource, removed)
    if added := {key: text for key, text in new.items() if old.get(key) != text}:
        style.add(client, resource, added)
