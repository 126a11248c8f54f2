"""What IAM has once in an account: policies that stand by themselves, and the trust in an identity provider."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources.iam import policy_text
from local.provider.tags import pairs
from local.provider.values import Props, picked

MOST_VERSIONS: Final = 5


class Policy(Handler):
    """aws.iam.Policy: changed by a new version that becomes the default one."""

    type = "aws:iam/policy:Policy"
    inputs = words("description name path policy tags")
    replace = words("description name path")
    computed = ("arn", "attachmentCount", "policyId")
    autoname = Autoname(longest=128)
    tagging = "iam policy"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("iam").create_policy(
            PolicyName=new["name"],
            Path=new.get("path", "/"),
            PolicyDocument=new["policy"],
            Description=new.get("description", ""),
            Tags=pairs(new["tagsAll"]),
        )
        return str(answer["Policy"]["Arn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        iam = aws("iam")
        policy = iam.get_policy(PolicyArn=identity)["Policy"]
        version = iam.get_policy_version(PolicyArn=identity, VersionId=policy["DefaultVersionId"])[
            "PolicyVersion"
        ]
        return {
            **picked(
                policy,
                arn="Arn",
                attachmentCount="AttachmentCount",
                description="Description",
                name="PolicyName",
                path="Path",
                policyId="PolicyId",
            ),
            "policy": policy_text(version["Document"]),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        if new["policy"] == old["policy"]:
            return
        iam = aws("iam")
        versions = self._versions(aws, identity)
        if len(versions) >= MOST_VERSIONS:
            iam.delete_policy_version(PolicyArn=identity, VersionId=versions[0])
        iam.create_policy_version(
            PolicyArn=identity, PolicyDocument=new["policy"], SetAsDefault=True
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        for version in self._versions(aws, identity):
            aws("iam").delete_policy_version(PolicyArn=identity, VersionId=version)
        aws("iam").delete_policy(PolicyArn=identity)

    def _versions(self, aws: Aws, identity: str) -> list[str]:
        """The versions that can go, the oldest first."""
        found = aws("iam").list_policy_versions(PolicyArn=identity)["Versions"]
        old = [str(each["VersionId"]) for each in found if not each["IsDefaultVersion"]]
        return sorted(old, key=lambda each: int(each.removeprefix("v")))


class OpenIdConnectProvider(Handler):
    """aws.iam.OpenIdConnectProvider: whose tokens the account takes."""

    type = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
    inputs = words("clientIdLists tags url")
    replace = words("url")
    computed = ("arn", "thumbprintLists")
    tagging = "iam provider"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("iam").create_open_id_connect_provider(
            Url=new["url"], ClientIDList=new["clientIdLists"], Tags=pairs(new["tagsAll"])
        )
        return str(answer["OpenIDConnectProviderArn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=identity)
        url = str(found["Url"])
        return {
            "arn": identity,
            "clientIdLists": sorted(found["ClientIDList"]),
            "thumbprintLists": list(found.get("ThumbprintList", [])),
            "url": url if url.startswith("https://") else f"https://{url}",
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        iam, arn = aws("iam"), {"OpenIDConnectProviderArn": identity}
        for client in sorted({*new["clientIdLists"]} - {*old["clientIdLists"]}):
            iam.add_client_id_to_open_id_connect_provider(ClientID=client, **arn)
        for client in sorted({*old["clientIdLists"]} - {*new["clientIdLists"]}):
            iam.remove_client_id_from_open_id_connect_provider(ClientID=client, **arn)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("iam").delete_open_id_connect_provider(OpenIDConnectProviderArn=identity)


HANDLERS: Final = (Policy(), OpenIdConnectProvider())
