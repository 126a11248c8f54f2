"""What the CodeArtifact operations have in common."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, BaseResponse

from local.account.codeartifact.store import CodeArtifactBackend, Domain, codeartifact_backends

Json = dict[str, Any]


class Api(BaseResponse):
    """An answer to one request; its parameters are read by the service's own model."""

    def __init__(self) -> None:
        super().__init__(service_name="codeartifact")
        self.automated_parameter_parsing = True

    @property
    def here(self) -> CodeArtifactBackend:
        """What the request's account has in its region."""
        return codeartifact_backends[self.current_account][self.region]

    @property
    def domain(self) -> Domain:
        """The domain that the request names."""
        return self.here.domain(self.given("domain"))

    def given(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - JSON of any shape
        """A parameter of the request."""
        return dict(self.params).get(name, default)


def answer(**members: Any) -> ActionResult:  # noqa: ANN401 - JSON of any shape
    """What an operation returns."""
    return ActionResult(members)
