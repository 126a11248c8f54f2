"""Whether an expression lets through the rows of one tenant alone. Pure.

Isolating is what can be proven: the tenant's column = the setting, alone or with anything by AND; an OR only if each
side isolates. All else is not, whatever it may mean.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from scripts.audit.expression import (
    All,
    Any,
    Binary,
    Call,
    Cast,
    Column,
    Expression,
    Not,
    Test,
)
from scripts.audit.expression import Literal as Constant

SETTING: Final = "app.current_tenant"
INTEGERS: Final = frozenset({"integer", "bigint"})
# Types of PostgreSQL's own whose equality is exact: one value of the setting is one tenant.
EXACT: Final = INTEGERS | {"smallint", "numeric", "text", "uuid"}
# `raises`: it isolates, but a session without a tenant gets an error where it should get no rows.
# `other`: it isolates, by a comparison that is not the one of the template.
Verdict: TypeAlias = Literal["isolates", "raises", "other", "open", "always"]
PROVEN: Final[tuple[Verdict, ...]] = ("isolates", "raises", "other")


def judge(expression: Expression, column: str) -> Verdict:
    """Say what the expression does; `always` is an `open` one that is true for every row."""
    if always(expression):
        return "always"
    return _proof(expression, column) or "open"


def always(expression: Expression) -> bool:  # noqa: PLR0911 - a table of forms
    """Whether it is plainly true for every row (NULLs aside)."""
    match expression:
        case Constant(value=True):
            return True
        case All(parts):
            return all(always(each) for each in parts)
        case Any(parts):
            return any(always(each) for each in parts) or any(
                _opposite(one, other) for one in parts for other in parts
            )
        case Not(value):
            return never(value)
        case Binary(operator="=" | ">=" | "<=", left=left, right=right):
            return left == right
        case Binary(operator="<>", left=Constant(value=one), right=Constant(value=other)):
            return one != other
        case Test(value=Constant(value=value), word="null", negated=negated):
            return (value is None) != negated
        case Test(value=value, word="true", negated=False):
            return always(value)
        case Call(name="coalesce", arguments=arguments):
            return always(arguments[-1])
    return False


def never(expression: Expression) -> bool:  # noqa: PLR0911 - a table of forms
    """Whether it is plainly true for no row."""
    match expression:
        case Constant(value=False | None):
            return True
        case All(parts):
            return any(never(each) for each in parts)
        case Any(parts):
            return all(never(each) for each in parts)
        case Not(value):
            return always(value)
        case Binary(operator="<>", left=left, right=right):
            return left == right
        case Binary(operator="=", left=Constant(value=one), right=Constant(value=other)):
            return one != other
    return False


def _proof(expression: Expression, column: str) -> Verdict | None:
    match expression:
        case All(parts):
            found = [proof for each in parts if (proof := _proof(each, column))]
            return min(found, key=PROVEN.index, default=None)
        case Any(parts):
            each_side = [_proof(each, column) for each in parts if not never(each)]
            proven = [proof for proof in each_side if proof]
            return (
                max(proven, key=PROVEN.index) if proven and len(proven) == len(each_side) else None
            )
        case Binary(operator="=", left=left, right=right):
            return _equality(left, right, column) or _equality(right, left, column)
    return None


def _equality(own: Expression, tenant: Expression, column: str) -> Verdict | None:
    match own, tenant:
        case Column(name=name), Cast(value=value, type=type_) if name == column and type_ in EXACT:
            verdict = _setting(value)
            return verdict if type_ in INTEGERS or verdict is None else "other"
        case Column(name=name), _ if name == column:  # a column of type text
            return _setting(tenant) and "other"
        case Cast(value=Column(name=name), type="text"), _ if name == column:
            return _setting(tenant) and "other"
    return None


def _setting(expression: Expression) -> Verdict | None:
    """How the tenant is read from the setting; None if this is something else."""
    match expression:
        case Call(name="nullif", arguments=(inner, empty)) if _text(empty) == "":
            return _current(inner, missing="isolates")
        case Call():
            return _current(expression, missing="raises")
    return None


def _current(expression: Expression, missing: Verdict) -> Verdict | None:
    match expression:
        case Call(name="current_setting", arguments=(name,)) if _text(name) == SETTING:
            return "raises"
        case Call(name="current_setting", arguments=(name, Constant(value=True))) if (
            _text(name) == SETTING
        ):
            return missing
    return None


def _text(expression: Expression) -> str | None:
    match expression:
        case Constant(value=str(value)) | Cast(value=Constant(value=str(value)), type="text"):
            return value.lower()
    return None


def _opposite(one: Expression, other: Expression) -> bool:
    match one, other:
        case Not(value), _ if value == other:
            return True
        case Test(value=a, word="null", negated=True), Test(value=b, word="null", negated=False):
            return a == b
    return False
