"""Stack files, read as the engine reads them, and checked without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from stacks.catalogue import CATALOGUE, Service
from stacks.claims import contested
from stacks.errors import Problem, SettingsError
from stacks.names import PROJECT
from stacks.settings import StackSettings
from stacks.stack_text import StackText, read_stack_text
from stacks.validation import examine
from stacks.wording import nearest, shown


def stack_names(root: Path) -> tuple[str, ...]:
    """The stacks that have a file in that folder."""
    return tuple(
        sorted(path.name[len("Pulumi.") : -len(".yaml")] for path in root.glob("Pulumi.*.yaml"))
    )


def stack_file(root: Path, stack: str) -> Path:
    """The stack's file in that folder; an unknown stack is refused, with the one that was meant."""
    path = root / f"Pulumi.{stack}.yaml"
    if not path.is_file():
        raise SettingsError(path.name, [_no_file(path, stack)])
    return path


def load_stack_values(path: Path) -> dict[str, object]:
    """The values of a stack file, by their keys without the project's name.

    They are not checked, but what the engine might read differently is refused. Encrypted values
    are `Unusable.SECURE`.
    """
    text = _read(path)
    if text.values is None or text.problems:
        raise SettingsError(path.name, text.problems)
    return text.values


def check_stack_file(
    path: Path, stack: str, catalogue: Mapping[str, Service] = CATALOGUE
) -> StackSettings:
    """The settings in a stack file, or every mistake in it, each with its line."""
    text = _read(path)
    if text.values is None:
        raise SettingsError(path.name, text.problems)
    settings, problems = examine(text.values, stack=stack, catalogue=catalogue)
    problems = [
        *text.problems,
        *_state_key(text.secrets_provider, stack),
        *map(text.located, [*problems, *contested(text.values, stack, path.parent)]),
    ]
    if settings is None or problems:
        raise SettingsError(path.name, problems)
    return settings


def _read(path: Path) -> StackText:
    try:
        return read_stack_text(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        stack = path.name[len("Pulumi.") : -len(".yaml")]
        raise SettingsError(path.name, [_no_file(path, stack)]) from None
    except OSError as error:
        problem = Problem(place=(), text=f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        problem = Problem(place=(), text=f"is not UTF-8: byte {error.start + 1} cannot be read")
    raise SettingsError(path.name, [problem])


def _no_file(path: Path, stack: str) -> Problem:
    names = stack_names(path.parent)
    meant = nearest(stack, names)
    hint = f"did you mean '{meant}'?" if meant else f"stacks here: {', '.join(names) or 'none'}"
    return Problem(place=(), text=f"stack '{stack}' has no file {path.name}; {hint}")


def _state_key(provider: object, stack: str) -> Iterator[Problem]:
    """A file copied from another stack would have this one's secrets encrypted with its key."""
    own = f"awskms:///alias/{PROJECT}-state-{stack}"
    if str(provider).startswith("awskms:") and str(provider).split("?")[0] != own:
        place = ("secretsprovider",)
        text = f"{shown(place, provider)} is not the key of this stack, {own}"
        yield Problem(place=place, text=text)
