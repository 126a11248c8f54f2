"""IAM: roles are looked through while others are made, and an identity provider's audiences change after it was made."""

from __future__ import annotations

from moto.core.responses import EmptyResult
from moto.iam.models import IAMBackend, Role
from moto.iam.responses import IamResponse

from local.account.gaps.patch import Function, Untyped, adds, parameter, replaces


@replaces(IAMBackend)
def get_roles(moto: Function, self: IAMBackend) -> list[Role]:
    """Give the roles that there are now: moto walks through the live dictionary, and an `up` makes many at a time."""
    return list(moto(self))


@adds(IamResponse)
def add_client_id_to_open_id_connect_provider(self: IamResponse) -> EmptyResult:
    """Add an audience; one that is there already stays."""
    audiences, client = _audiences(self)
    if client not in audiences:
        audiences.append(client)
    return EmptyResult()


@adds(IamResponse)
def remove_client_id_from_open_id_connect_provider(self: IamResponse) -> EmptyResult:
    """Take an audience away; one that is not there is no error."""
    audiences, client = _audiences(self)
    if client in audiences:
        audiences.remove(client)
    return EmptyResult()


def _audiences(response: IamResponse) -> tuple[Untyped, str]:
    arn = parameter(response, "OpenIDConnectProviderArn")
    provider = response.backend.get_open_id_connect_provider(arn)
    return provider.client_id_list, str(parameter(response, "ClientID"))
