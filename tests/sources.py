"""Reads the project's own files for the tests that hold its rules: which there are, what they call, what they say."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

REPOSITORY = Path(__file__).parents[1]

Rule: TypeAlias = Callable[[ast.AST], Iterator[tuple[int, str]]]
"""From a file to its findings: the line, and what is wrong there."""


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is or is about to be part of the project."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    paths = (REPOSITORY / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and any(path.is_relative_to(REPOSITORY / folder) for folder in folders)
    ]


def findings(rule: Rule, *folders: str) -> list[str]:
    paths = python_files(*folders)
    assert paths, "a rule that looks at no file holds nothing"
    return [
        f"{path.relative_to(REPOSITORY)}:{line}: {words}"
        for path in paths
        for line, words in rule(ast.parse(path.read_text("utf-8")))
    ]


def found(rule: Rule, code: str) -> list[str]:
    return [words for _, words in rule(ast.parse(code))]


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the last part of the name that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, node


def words_of(node: ast.AST | None) -> Iterator[str]:
    """The literal texts that the value of an expression may contain."""
    match node:
        case ast.Constant(value=str(words)):
            yield words
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            for part in parts:
                yield from words_of(part)
        case ast.FormattedValue(value=part) | ast.Starred(value=part) | ast.NamedExpr(value=part):
            yield from words_of(part)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from words_of(one)
            yield from words_of(other)
        case ast.Call(func=ast.Attribute(value=part, attr="format" | "join")):
            yield from words_of(part)
