"""IAM roles and what they may do."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

import json
from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, Value, picked

SESSION_SECONDS: Final = 3600


def policy_text(policy: Value) -> str:
    """Write a policy as text again, which boto3 parses in some answers and not in others."""
    return policy if isinstance(policy, str) else json.dumps(policy)


class Role(Handler):
    """aws.iam.Role, with its policies as resources of their own."""

    type = "aws:iam/role:Role"
    inputs = words(
        "assumeRolePolicy description forceDetachPolicies maxSessionDuration name path"
        " permissionsBoundary tags"
    )
    replace = words("name path")
    computed = ("arn", "createDate", "uniqueId")
    unread = words("forceDetachPolicies")
    autoname = Autoname(longest=64)
    tagging = "iam"

    def create(self, aws: Aws, new: Props) -> str:
        boundary = new.get("permissionsBoundary")
        answer = aws("iam").create_role(
            RoleName=new["name"],
            Path=new.get("path", "/"),
            AssumeRolePolicyDocument=new["assumeRolePolicy"],
            Description=new.get("description", ""),
            MaxSessionDuration=new.get("maxSessionDuration", SESSION_SECONDS),
            Tags=pairs(new["tagsAll"]),
            **({"PermissionsBoundary": boundary} if boundary else {}),
        )
        return str(answer["Role"]["RoleName"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        role = aws("iam").get_role(RoleName=identity)["Role"]
        boundary = role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        return {
            **picked(
                role,
                arn="Arn",
                description="Description",
                maxSessionDuration="MaxSessionDuration",
                name="RoleName",
                path="Path",
                uniqueId="RoleId",
            ),
            "assumeRolePolicy": policy_text(role["AssumeRolePolicyDocument"]),
            "createDate": role["CreateDate"].strftime("%Y-%m-%dT%H:%M:%SZ"),
            "permissionsBoundary": boundary,
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        iam = aws("iam")
        if new["assumeRolePolicy"] != old["assumeRolePolicy"]:
            iam.update_assume_role_policy(RoleName=identity, PolicyDocument=new["assumeRolePolicy"])
        iam.update_role(
            RoleName=identity,
            Description=new.get("description", ""),
            MaxSessionDuration=new.get("maxSessionDuration", SESSION_SECONDS),
        )
        boundary = new.get("permissionsBoundary")
        if boundary and boundary != old.get("permissionsBoundary"):
            iam.put_role_permissions_boundary(RoleName=identity, PermissionsBoundary=boundary)
        if not boundary and old.get("permissionsBoundary"):
            iam.delete_role_permissions_boundary(RoleName=identity)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        iam = aws("iam")
        if state.get("forceDetachPolicies"):
            attached = iam.list_attached_role_policies(RoleName=identity)["AttachedPolicies"]
            for policy in attached:
                iam.detach_role_policy(RoleName=identity, PolicyArn=policy["PolicyArn"])
            for name in iam.list_role_policies(RoleName=identity)["PolicyNames"]:
                iam.delete_role_policy(RoleName=identity, PolicyName=name)
        iam.delete_role(RoleName=identity)


class RolePolicy(Handler):
    """aws.iam.RolePolicy: a policy inside a role."""

    type = "aws:iam/rolePolicy:RolePolicy"
    inputs = words("name policy role")
    replace = words("name role")
    autoname = Autoname(longest=128)

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, "", {}, new)
        return f"{new['role']}:{new['name']}"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        role, name = identity.split(":", 1)
        answer = aws("iam").get_role_policy(RoleName=role, PolicyName=name)
        return {"role": role, "name": name, "policy": policy_text(answer["PolicyDocument"])}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("iam").put_role_policy(
            RoleName=new["role"], PolicyName=new["name"], PolicyDocument=new["policy"]
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        role, name = identity.split(":", 1)
        aws("iam").delete_role_policy(RoleName=role, PolicyName=name)


class RolePolicyAttachment(Handler):
    """aws.iam.RolePolicyAttachment: a policy that stands by itself, given to a role."""

    type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    inputs = words("policyArn role")
    replace = inputs

    def create(self, aws: Aws, new: Props) -> str:
        aws("iam").attach_role_policy(RoleName=new["role"], PolicyArn=new["policyArn"])
        return f"{new['role']}/{new['policyArn']}"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        role, arn = identity.split("/", 1)
        pages = aws("iam").get_paginator("list_attached_role_policies").paginate(RoleName=role)
        attached = {each["PolicyArn"] for page in pages for each in page["AttachedPolicies"]}
        return {"role": role, "policyArn": arn} if arn in attached else None

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        role, arn = identity.split("/", 1)
        aws("iam").detach_role_policy(RoleName=role, PolicyArn=arn)


HANDLERS: Final = (Role(), RolePolicy(), RolePolicyAttachment())
