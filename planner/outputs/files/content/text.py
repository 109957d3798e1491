"""Text as every form can carry it."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from planner.outputs.files.content.stays import StayKey

T = TypeVar("T")

_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 and iCalendar have no way to write."""


def plain(text: str) -> str:
    """Return a text without what some form cannot write, its lines ending in one way."""
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def plainly(value: T) -> T:
    """Return a dataclass, or a tuple of them, with every text in it made plain."""
    return cast("T", _plainly(value))


def _plainly(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value) if type(value) is str else value
    if isinstance(value, tuple):
        return value if value and isinstance(value[0], float) else tuple(map(_plainly, value))
    if is_dataclass(value) and not isinstance(value, type | StayKey):
        return replace(value, **{one.name: _plainly(getattr(value, one.name)) for one in fields(value)})
    return value
