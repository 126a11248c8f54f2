"""CloudWatch's metric math, as far as the alarms use it: IF, FILL, + - * /, and comparisons.

Without data a value is None, and whatever is reckoned with it is None too; so is a division by zero.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

Value: TypeAlias = float | None
Values: TypeAlias = Mapping[str, Value]
Formula: TypeAlias = Callable[[Values], Value]

OPERATORS: Final[dict[type[ast.AST], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def formula(text: str) -> Formula:
    """What an expression says of the values of its metrics in one period; an unknown function is an error."""
    return _of(ast.parse(text, mode="eval").body)


def _of(node: ast.expr) -> Formula:
    if isinstance(node, ast.Constant):
        number = float(node.value)  # type: ignore[arg-type]
        return lambda _: number
    if isinstance(node, ast.Name):
        name = node.id
        return lambda values: values[name]
    if isinstance(node, ast.BinOp):
        return _both(OPERATORS[type(node.op)], _of(node.left), _of(node.right))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _both(OPERATORS[type(node.ops[0])], _of(node.left), _of(node.comparators[0]))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        parts = [_of(each) for each in node.args]
        if node.func.id == "FILL":
            return _fill(*parts)
        if node.func.id == "IF":
            return _if(*parts)
    raise ValueError(f"metric math of this kind is not known here: {ast.unparse(node)}")


def _both(apply: Callable[[float, float], float], left: Formula, right: Formula) -> Formula:
    def value(values: Values) -> Value:
        one, other = left(values), right(values)
        if one is None or other is None or (apply is operator.truediv and other == 0):
            return None
        return float(apply(one, other))

    return value


def _fill(metric: Formula, instead: Formula) -> Formula:
    def value(values: Values) -> Value:
        found = metric(values)
        return instead(values) if found is None else found

    return value


def _if(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    def value(values: Values) -> Value:
        found = condition(values)
        if found is None:
            return None
        return then(values) if found else otherwise(values)

    return value
