"""Small faults in a source file: another comparison, another number, a condition turned round.

A fault is known by its file, its function and its number among the faults of one kind there, so that
the same list means the same faults after lines have moved or locals have other names.
"""

from __future__ import annotations

import ast
import copy
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
}  # fmt: skip
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil"}


@dataclass(frozen=True)
class Mutant:
    """A fault: where it is, and the `number`-th of its kind in that function."""

    path: str
    function: str
    kind: str
    number: int


@dataclass(frozen=True)
class Change:
    """A fault as it stands in a source now: the line, what stood there and what stands there instead."""

    mutant: Mutant
    line: int
    before: str
    after: str
    source: str


def _compared(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        node.ops[0] = COMPARISONS[type(node.ops[0])]()
        return node
    return None


def _reckoned(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        node.op = OPERATORS[type(node.op)]()
        return node
    return None


def _joined(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node
    return None


def _counted(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        node.value += 1  # type: ignore[operator]
        return node
    return None


def _told(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        node.value = not node.value
        return node
    return None


def _chosen(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return node
    return None


def _swapped(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SWAPPED:
        node.func.id = SWAPPED[node.func.id]
        return node
    return None


KINDS: dict[str, Callable[[ast.expr], ast.expr | None]] = {
    "comparison": _compared,
    "arithmetic": _reckoned,
    "and-or": _joined,
    "number": _counted,
    "truth": _told,
    "choice": _chosen,
    "least-most": _swapped,
}


def changes(root: Path, path: str) -> Iterator[Change]:
    """Every fault that can be put into the functions of a file."""
    source = (root / path).read_text(encoding="utf-8")
    for function, body in _functions(ast.parse(source)):
        seen = dict.fromkeys(KINDS, 0)
        for node in body:
            for kind, make in KINDS.items():
                changed = make(copy.deepcopy(node))
                if changed is None:
                    continue
                mutant = Mutant(path, function, kind, seen[kind])
                seen[kind] += 1
                yield _change(mutant, source, node, f"({ast.unparse(changed)})")


def sample(root: Path, rooms: list[str], count: int, seed: int) -> list[Mutant]:
    """Return so many faults of the rooms, drawn by a seed."""
    paths = sorted(
        file.relative_to(root).as_posix() for room in rooms for file in (root / room).rglob("*.py")
    )
    every = [change.mutant for path in paths for change in changes(root, path)]
    return random.Random(seed).sample(every, count)  # noqa: S311 - a list to be drawn again


def find(root: Path, mutant: Mutant) -> Change | None:
    """Return a fault as it stands now; None where its function has it no more."""
    if not (root / mutant.path).is_file():
        return None
    return next((change for change in changes(root, mutant.path) if change.mutant == mutant), None)


def _functions(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    """Functions and methods by their qualified name, with the expressions of their bodies in order."""

    def inside(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, list[ast.expr]]]:
        for node in body:
            if isinstance(node, ast.ClassDef):
                yield from inside(node.body, f"{prefix}{node.name}.")
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield prefix + node.name, [*_expressions(node.body)]

    yield from inside(tree.body, "")


def _expressions(body: list[ast.stmt]) -> Iterator[ast.expr]:
    """Every expression but annotations and what stands inside f-strings (their places are not told right)."""
    for statement in body:
        yield from _below(statement)


def _below(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.JoinedStr):
        return
    if isinstance(node, ast.expr):
        yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _below(child)


def _change(mutant: Mutant, source: str, node: ast.expr, after: str) -> Change:
    lines = source.encode().splitlines(keepends=True)
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    whole = source.encode()
    changed = whole[:start] + after.encode() + whole[end:]
    return Change(mutant, node.lineno, whole[start:end].decode(), after, changed.decode())
