"""The types of the pipeline's identities: policies that stand by themselves, and whose tokens the account takes."""

from __future__ import annotations

from tests.local.provider.case import Case, fresh
from tests.local.provider.cases_ground import allow

IDENTITIES: dict[str, Case] = {
    "policy": Case(
        type="aws:iam/policy:Policy",
        inputs=lambda _: {"policy": allow("s3:GetObject"), "description": "boundary"},
        updates=({"policy": allow("s3:PutObject")}, {"tags": {"service": "ledger"}}),
        replaces=({"name": "chosen"}, {"description": "another"}, {"path": "/boundaries/"}),
        drift=lambda aws, policy: aws("iam").create_policy_version(
            PolicyArn=policy.id, PolicyDocument=allow("*"), SetAsDefault=True
        ),
        drifted="policy",
    ),
    "identity provider": Case(
        type="aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        inputs=lambda _: {
            "url": fresh("https://tokens-#.example.com"),
            "clientIdLists": ["sts.amazonaws.com"],
        },
        updates=(
            {"clientIdLists": ["another", "sts.amazonaws.com"]},
            {"clientIdLists": ["another"]},
            {"tags": {"Name": "github"}},
        ),
        replaces=({"url": "https://other.example.com"},),
        drift=lambda aws, provider: aws("iam").add_client_id_to_open_id_connect_provider(
            OpenIDConnectProviderArn=provider.id, ClientID="by hand"
        ),
        drifted="clientIdLists",
    ),
    "bounded role": Case(
        type="aws:iam/role:Role",
        inputs=lambda need: {
            "assumeRolePolicy": allow("sts:AssumeRole"),
            "path": "/turnstay/staging/",
            "permissionsBoundary": need("policy").id,
        },
        updates=({"permissionsBoundary": None},),
        drift=lambda aws, role: aws("iam").delete_role_permissions_boundary(RoleName=role.id),
        drifted="permissionsBoundary",
    ),
}
