"""Warnings for tests: made from a code and what is told, and told again as plain values."""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from planner.domain.warnings.codes import Warning, WarningCode
from planner.store.documents import from_json
from planner.store.raising import raise_warning

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = ("code", "stop", "leg", "by_s")


def warned(
    code: WarningCode,
    *,
    stop: int | None = None,
    leg: int | None = None,
    by_s: int | None = None,
    params: Mapping[str, Any] | None = None,
) -> Warning:
    """Make a warning as a release of the first form has it: whatever is not told is missing."""
    document = {"code": code.value, "stop": stop, "leg": leg, "by_s": by_s, "params": params or {}}
    return from_json(cast("type[Warning]", Warning), raise_warning(document))


def told_of(warning: Warning) -> dict[str, Any]:
    """What a warning tells beside its code and its place, without what is missing."""
    fields = {name: value for name, value in asdict(warning).items() if name not in PLACE}
    plain = {name: value.value if isinstance(value, Enum) else value for name, value in fields.items()}
    return {name: value for name, value in plain.items() if value not in (None, "")}
