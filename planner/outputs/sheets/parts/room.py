"""About how much of a page blocks take, in millimetres, rather more than less."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.outputs.sheets.blocks import Block, Box, Legend, Line, Table, TimeRow, Title

PAGE = (174.0, 263.0)
"""What an upright page holds within its margins."""

ACROSS = (265.0, 172.0)
"""What a page across holds."""

LINE_MM, LARGE_LINE_MM, GAP_MM, LETTER_MM = 4.7, 5.6, 5.0, 1.86
RULED_MM = 9.0
"""A line to write on."""

NAME_MM, WAY_MM, FACT_MM = 82.0, 49.0, 130.0
"""The columns of a timetable, and that of facts."""


def fits(blocks: Iterable[Block], page: tuple[float, float] = PAGE) -> bool:
    """Whether blocks fit a page, given as how wide and tall it is."""
    return height(blocks, page[0]) <= page[1]


def height(blocks: Iterable[Block], wide_mm: float = PAGE[0]) -> float:
    """Return how tall blocks are together."""
    return sum(_height(block, wide_mm) for block in blocks)


def _height(block: Block, wide_mm: float) -> float:
    heights: dict[str, Callable[[Any], float]] = {
        "title": _title_height,
        "facts": lambda it: GAP_MM + sum(LINE_MM * _count(text, FACT_MM) + 1.5 for _, text in it.rows),
        "times": lambda it: GAP_MM + LINE_MM + sum(_row_height(row) for row in it.rows),
        "table": lambda it: _table_height(it, wide_mm),
        "legend": _legend_height,
        "lines": lambda it: 4 + _text_height(it.lines, wide_mm),
        "code": lambda it: GAP_MM + it.size_mm,
        "box": _box_height,
        "heading": lambda _: 12.0,
        "ruled": lambda it: RULED_MM * it.count,
    }
    return heights[block.kind](block) if block.kind in heights else GAP_MM


def _box_height(block: Box) -> float:
    told = 14 + _text_height(block.lines, PAGE[0] - (8 + (block.code.size_mm if block.code else 0)))
    return GAP_MM + max(told, (block.code.size_mm + 7) if block.code else 0)


def _title_height(block: Title) -> float:
    return LARGE_LINE_MM * (2 * _count(block.text, PAGE[0] * 0.55) + len(block.lines)) + 2


def _table_height(block: Table, wide_mm: float) -> float:
    rows = (LINE_MM * _cells(row, block.widths, wide_mm) + 3.2 for row in block.rows)
    return GAP_MM + LINE_MM + sum(rows)


def _legend_height(block: Legend) -> float:
    return GAP_MM + sum(6.8 + LINE_MM * (_count(row.name, 60) - 1) for row in block.rows) / 2 + 3.4


def _row_height(row: TimeRow) -> float:
    if row.badge:
        return _text_height(row.lines, NAME_MM + WAY_MM) + 3.4
    name = LARGE_LINE_MM * _count(row.name, NAME_MM * 0.85) + _text_height(row.lines, NAME_MM)
    return max(name, _text_height(row.way, WAY_MM)) + 3.4


def _cells(row: tuple[str, ...], widths: tuple[float, ...], wide_mm: float) -> int:
    share = wide_mm / sum(widths)
    return max(_count(text, width * share - 3) for text, width in zip(row, widths, strict=True))


def _text_height(lines: tuple[Line, ...], wide_mm: float) -> float:
    return sum(LINE_MM * _count(line.text, wide_mm) + 0.8 for line in lines)


def _count(text: str, wide_mm: float) -> int:
    """How many lines a text makes in a column."""
    return max(1, ceil(len(text) * LETTER_MM / wide_mm))
