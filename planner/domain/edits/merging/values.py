"""Three states of one value: what was there, and what two people made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Generic, TypeVar

from planner.domain.coach import CoachProfile
from planner.domain.visits import DayStart, LegBuffers

T = TypeVar("T")

RECORDS = (CoachProfile, LegBuffers, DayStart)
"""Small records whose fields are things of their own; all others are one thing."""


@dataclass(frozen=True)
class Three(Generic[T]):
    """A value as it was, as it was saved first, and as who saves second made it."""

    base: T
    theirs: T
    mine: T

    @property
    def each(self) -> tuple[T, T, T]:
        """All three."""
        return self.base, self.theirs, self.mine

    def of(self, name: str) -> Three[Any]:
        """Return a field of all three."""
        return Three(*(getattr(one, name) for one in self.each))

    def at(self, part: str) -> Three[Any]:
        """Return a part of all three, None where one has none."""
        return Three(*(part_of(one, part) for one in self.each))

    @property
    def clashes(self) -> bool:
        """Whether both changed it, and differently."""
        return self.base != self.theirs != self.mine != self.base

    @property
    def settled(self) -> T:
        """What it is where they do not clash, else what was saved first."""
        return self.mine if self.theirs == self.base else self.theirs


@dataclass(frozen=True)
class Part:
    """The whole of a value, or a part of it by its name."""

    base: Any
    name: str = ""

    @property
    def suffix(self) -> str:
        """What tells it from other parts."""
        return f".{self.name}" if self.name else ""

    def only(self, other: Any) -> tuple[Any, Any]:
        """Return this part as it was and in another state, as values of the whole."""
        if not self.name:
            return self.base, other
        if isinstance(self.base, Mapping):
            return tuple({self.name: one.get(self.name, "")} for one in (self.base, other))  # type: ignore[return-value]
        return self.base, replace(self.base, **{self.name: getattr(other, self.name)})


def part_of(value: Any, part: str) -> Any:
    """Return a part of a text or of a record."""
    return value.get(part) if isinstance(value, Mapping) else getattr(value, part)


def parts_of(all_of: Three[Any]) -> list[str]:
    """The names of the parts that are things of their own; none where the value is one thing."""
    if all(isinstance(one, Mapping) for one in all_of.each):
        return list(dict.fromkeys(name for one in all_of.each for name in one))
    if isinstance(all_of.base, RECORDS) and is_dataclass(all_of.base):
        return [field.name for field in fields(all_of.base)]
    return []


def clashing(all_of: Three[Any]) -> list[Part]:
    """The parts of a value that both changed, and differently."""
    names = parts_of(all_of)
    if not names:
        return [Part(all_of.base)] if all_of.clashes else []
    return [Part(all_of.base, name) for name in names if all_of.at(name).clashes]


def merged_value(all_of: Three[Any], is_mine: Callable[[str], bool]) -> Any:
    """Put a value together part by part; `is_mine` says by a part's suffix where mine is chosen."""
    names = parts_of(all_of)
    if not names:
        return all_of.mine if all_of.clashes and is_mine("") else all_of.settled
    values = {}
    for name in names:
        part = all_of.at(name)
        values[name] = part.mine if part.clashes and is_mine(f".{name}") else part.settled
    if isinstance(all_of.base, Mapping):
        return {name: value for name, value in values.items() if value is not None}
    return replace(all_of.base, **values)
