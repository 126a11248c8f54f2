"""From the values of a stack file to settings, or to all that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar, cast, get_type_hints

from pydantic import TypeAdapter, ValidationError

from stacks.catalogue import Service
from stacks.draft import Draft
from stacks.errors import Place, Problem
from stacks.field_errors import missing, problems_in
from stacks.mending import mended
from stacks.rules.databases import check_databases
from stacks.rules.delivery import check_delivery
from stacks.rules.hosts import check_hosts
from stacks.rules.images import check_images
from stacks.rules.money_flows import check_money_flows
from stacks.rules.network import check_network
from stacks.rules.packages import check_packages
from stacks.rules.secrets import check_secrets
from stacks.rules.sizes import check_quota, check_sizes
from stacks.rules.tasks import check_tasks
from stacks.rules.variables import check_variables
from stacks.settings import ServiceSettings, StackSettings
from stacks.wording import Unusable, unknown_key

Value = TypeVar("Value")

RULES: Final = (
    check_network,
    check_hosts,
    check_sizes,
    check_quota,
    check_tasks,
    check_images,
    check_variables,
    check_databases,
    check_secrets,
    check_money_flows,
    check_packages,
    check_delivery,
)
# The stack's name is that of its file, and not written in it.
KEYS: Final = tuple(key for key in StackSettings.model_fields if key != "stack")
_HINTS: Final = get_type_hints(StackSettings, include_extras=True) | {
    "services": Mapping[str, Any]  # each is examined by itself
}
_PARTS: Final[Mapping[str, TypeAdapter[Any]]] = {
    key: TypeAdapter(_HINTS[key]) for key in StackSettings.model_fields
}
_SERVICE: Final = TypeAdapter(ServiceSettings)


def examine(
    values: Mapping[str, object], *, stack: str, catalogue: Mapping[str, Service]
) -> tuple[StackSettings | None, list[Problem]]:
    """The settings, or None and every problem: of each part, and of the right parts together."""
    examination = _Examination(catalogue)
    return examination.settings(values, stack), examination.problems


class _Examination:
    """Collects problems while it goes on with whatever is right."""

    def __init__(self, catalogue: Mapping[str, Service]) -> None:
        self.catalogue = catalogue
        self.problems: list[Problem] = []
        self.replaced: set[Place] = set()

    def settings(self, values: Mapping[str, object], stack: str) -> StackSettings | None:
        given = {key: self.usable((key,), value) for key, value in values.items()}
        self.problems += [unknown_key((key,), KEYS, given) for key in given if key not in KEYS]
        absent = {
            key: field.get_default(call_default_factory=True)
            for key, field in StackSettings.model_fields.items()
            if not field.is_required() and key not in given
        }
        given |= absent | {"stack": stack}
        parts: dict[str, Any] = {
            key: self.part((key,), given, _HINTS[key], adapter) for key, adapter in _PARTS.items()
        }
        services = parts["services"]
        parts["services"] = {} if services is None else self.services(services)
        draft = Draft(catalogue=self.catalogue, **parts)
        for rule in RULES:
            self.problems += [each for each in rule(draft) if not self.speaks_of_replaced(each)]
        # What was unreadable in the file is no problem of its own here, but leaves a hole.
        holes = [key for key, part in parts.items() if part is None and given.get(key) is not None]
        whole = not holes and parts["services"].keys() == self.catalogue.keys()
        return StackSettings(**parts) if whole and not self.problems else None

    def services(self, given: Mapping[str, object]) -> dict[str, ServiceSettings]:
        self.problems += [
            unknown_key(("services", name), self.catalogue, given)
            for name in given
            if name not in self.catalogue
        ]
        examined = {
            name: self.part(("services", name), given, ServiceSettings, _SERVICE)
            for name in self.catalogue
        }
        return {name: service for name, service in examined.items() if service is not None}

    def part(
        self,
        place: Place,
        given: Mapping[str, object],
        model: object,
        adapter: TypeAdapter[Value],
    ) -> Value | None:
        """What stands at the end of the place, made whole for the rules after its problems are noted, or None."""
        key = str(place[-1])
        if key not in given:
            self.problems.append(missing(place))
            return None
        try:
            return adapter.validate_python(given[key])
        except ValidationError as error:
            self.problems += problems_in(error, place, given[key])
            whole, wrong = mended(model, given[key], error)
            self.replaced |= {(*place, name) for name in wrong}
            return cast("Value | None", whole)

    def speaks_of_replaced(self, problem: Problem) -> bool:
        """Whether a finding is about a value that stands in for a wrong one."""
        return any(problem.place[: len(place)] == place for place in self.replaced)

    def usable(self, place: Place, value: object) -> object:
        """The value, with a mark that no field accepts for each thing that no setting can be."""
        if isinstance(value, dict):
            return {key: self.usable((*place, key), each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.usable((*place, index), each) for index, each in enumerate(value)]
        if value is None:
            text = "is empty; give it a value or remove the key"
            self.problems.append(Problem(place=place, text=text))
            return Unusable.EMPTY
        if value is Unusable.SECURE and not _is_supplied(place):
            self.problems.append(Problem(place=place, text=_encrypted(place)))
        return value


def _is_supplied(place: Place) -> bool:
    """Whether an encrypted value belongs there: supplied.SERVICE.VARIABLE."""
    return place[:1] == ("supplied",) and len(place) == len(("supplied", "service", "variable"))


def _encrypted(place: Place) -> str:
    if place[:1] == ("supplied",) or place[2:3] == ("secrets",):
        return (
            "is encrypted, and stands elsewhere: the value of a secret is supplied.SERVICE.VARIABLE"
        )
    return "is encrypted, and no setting is; a secret is declared in stacks/catalogue.py"
