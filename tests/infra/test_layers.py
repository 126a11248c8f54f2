"""What differs between stacks is a value of their files; no code below the settings knows which one it builds."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.engine.recording import ROOT

LAYERS = ("infra", "components")
STACK_NAMES = {"prod", "staging", "production"}


def decisions_by_stack(source: str) -> Iterator[str]:
    """Where code asks for the stack: a condition on its name, a table by it, or the name itself as a value."""
    tree = ast.parse(source)
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        conditions: list[ast.AST] = []
        match node:
            case ast.Constant(value=str(text)) if (
                text in STACK_NAMES and id(node) not in documentation
            ):
                yield f"line {node.lineno}: {text!r}"
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                conditions = [test]
            case ast.comprehension(ifs=ifs):
                conditions = [*ifs]
            case ast.Match(subject=subject):
                conditions = [subject]
            case ast.Compare() | ast.Subscript():
                conditions = [node]
        for condition in conditions:
            if any(_is_stack(each) for each in ast.walk(condition)):
                yield f"line {getattr(condition, 'lineno', 0)}: {ast.unparse(condition)}"


def _is_stack(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in ("stack", "get_stack")
    return False


def test_code_below_the_settings_asks_for_values_and_never_for_the_stack() -> None:
    sources = [each for folder in LAYERS for each in (ROOT / folder).rglob("*.py")]
    assert len(sources) > 20
    found = {each.name: list(decisions_by_stack(each.read_text("utf-8"))) for each in sources}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        'if settings.stack == "x": pass',
        "size = 2 if stack else 1",
        "sizes[settings.stack]",
        "match pulumi.get_stack():\n    case _: pass",
        'protect = environment == "production"',
        "[each for each in all if stack.startswith(each)]",
    ],
)
def test_code_that_asks_for_the_stack_is_found(source: str) -> None:
    assert list(decisions_by_stack(source))


def test_text_about_a_stack_and_names_made_of_it_are_no_questions() -> None:
    source = '"""prod"""\nname = names.cluster_name(settings.stack)\nwhere: Any = f"{stack}-logs"'
    assert list(decisions_by_stack(source)) == []
