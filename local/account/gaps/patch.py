"""Put functions in the place of moto's, and beside them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeAlias

Function: TypeAlias = Callable[..., Any]
Untyped: TypeAlias = (
    Any  # what moto hands on without a type, or gets attributes it does not declare
)
_waiting: list[Callable[[], None]] = []


def replaces(owner: type, name: str = "") -> Callable[[Function], Function]:
    """Mark a function that takes the place of a method, of its own name or of `name`; it is given moto's first.

    A static method stays one, and so does a property.
    """

    def mark(function: Function) -> Function:
        place = name or function.__name__

        def put() -> None:
            kind = type(vars(owner)[place])
            before = vars(owner)[place].fget if kind is property else getattr(owner, place)

            @functools.wraps(before)
            def method(*args: Untyped, **kwargs: Untyped) -> Untyped:
                return function(before, *args, **kwargs)

            setattr(owner, place, kind(method) if kind in (staticmethod, property) else method)

        _waiting.append(put)
        return function

    return mark


def adds(owner: type) -> Callable[[Function], Function]:
    """Mark a function that is a method which moto lacks, usually an operation of an API."""

    def mark(function: Function) -> Function:
        def put() -> None:
            if hasattr(owner, function.__name__):
                raise TypeError(f"moto has {owner.__name__}.{function.__name__} by now: drop ours")
            setattr(owner, function.__name__, function)

        _waiting.append(put)
        return function

    return mark


def parameter(response: Untyped, name: str) -> Untyped:
    """Return a parameter of the request that a response answers."""
    return response._get_param(name)  # noqa: SLF001 - the way of moto's own responses


def apply() -> None:
    """Put every marked function in its place; each one once."""
    while _waiting:
        _waiting.pop(0)()
