"""Every type of AWS resource that the program can register: what both stacks do, and what the components' code names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pulumi_aws as aws

from tests.engine.platform import STACKS, platform
from tests.engine.recording import ROOT

FOLDERS: Final = ("components", "infra")
MODULE_AND_CLASS: Final = 3


def recorded_types() -> set[str]:
    """The types that the committed stacks register, awsx's children among them."""
    return {
        each.type
        for stack in STACKS
        for each in platform(stack).registrations.values()
        if each.custom and each.type.startswith("aws:")
    }


def written_types(root: Path = ROOT) -> set[str]:
    """The types that a component could register with other settings: `aws.MODULE.Class(...)` in its code."""
    files = (path for folder in FOLDERS for path in (root / folder).rglob("*.py"))
    return {kind for path in files for kind in _types(ast.parse(path.read_text("utf-8")))}


def _types(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = ast.unparse(node.func).split(".")
        if name[0] != "aws" or len(name) != MODULE_AND_CLASS:
            continue
        kind = getattr(getattr(getattr(aws, name[1]), name[2]), "pulumi_type", None)
        if kind is not None:
            yield str(kind)
