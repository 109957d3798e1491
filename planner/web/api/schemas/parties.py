"""What the API is asked for a delegation that splits: a day as for a plan, and its parties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from planner.domain.limits import (
    ASKED_PARTY_NAME_LENGTH,
    MOST_ASKED_PARTIES,
    MOST_CAPACITY,
    MOST_PEOPLE,
    MOST_STOPS,
)
from planner.domain.visits import Party
from planner.web.api.schemas.base import Loc, RequestModel, listed
from planner.web.api.schemas.fields import Flag, GroupSize, whole_number
from planner.web.api.schemas.plan import PlanRequest, StopModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.schedule.group import Group
    from planner.domain.visits import Day

Capacity = Annotated[int, Field(ge=1, le=MOST_CAPACITY, strict=True), BeforeValidator(whole_number)]


class PartyModel(RequestModel):
    """A group that moves together, A, B or C say."""

    name: Annotated[str, Field(min_length=1, max_length=ASKED_PARTY_NAME_LENGTH)]
    size: GroupSize


class PartyStopModel(StopModel):
    """A stop of a day that parties take in orders of their own; at one that is `together` all meet.

    Without a word what has no place is together. `capacity`, in people, stands in for that of the site.
    `locked` keeps the position among the stops between two meetings.
    """

    capacity: Capacity | None = None
    together: Flag | None = None

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """Parties take all stops."""
        yield from super().mismatches(document)
        if document.get("optional") is True:
            yield ("optional",), "parties take every stop: none is left out"


class PartiesRequest(PlanRequest):
    """One day of a delegation in parties. `group_size` is the sum of their sizes, and may be left out."""

    stops: Annotated[list[PartyStopModel], Field(max_length=MOST_STOPS)]  # type: ignore[assignment]
    parties: Annotated[list[PartyModel], Field(min_length=1, max_length=MOST_ASKED_PARTIES)]

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """Every name once, and sizes that make up the group."""
        yield from super().mismatches(document)
        if document.get("robustness") is not None:
            yield ("robustness",), "how sure a day is, is told by /plan"
        parties = [party if isinstance(party, dict) else {} for party in listed(document.get("parties"))]
        seen: set[str] = set()
        for index, party in enumerate(parties):
            name = party.get("name")
            if isinstance(name, str) and name in seen:
                yield ("parties", index, "name"), "two parties have the same name"
            seen.update([name] if isinstance(name, str) else ())
        sizes = [_people(party.get("size")) for party in parties]
        known = [size for size in sizes if size is not None]
        if not known or len(known) < len(sizes):
            return
        people, whole = sum(known), _people(document.get("group_size"))
        if whole is not None and people != whole:
            yield ("parties",), f"the sizes of the parties add up to {people}, not to the group's {whole}"
        elif people > MOST_PEOPLE:
            yield ("parties",), f"the parties have {people} people, more than {MOST_PEOPLE}"

    def day(self, default_dwell: dict[str, int]) -> Day:
        """The day in the domain's words."""
        day = super().day(default_dwell)
        stops = [
            replace(stop, capacity=asked.capacity, together=asked.together)
            for stop, asked in zip(day.stops, self.stops, strict=True)
        ]
        return replace(day, stops=tuple(stops))

    def group(self) -> Group:
        """Who travels: all parties."""
        return replace(super().group(), size=sum(party.size for party in self.parties))

    def split(self) -> tuple[Party, ...]:
        """The parties in the domain's words."""
        return tuple(Party(party.name, party.size) for party in self.parties)


def _people(value: object) -> int | None:
    """A number of people that can be meant; a form that cannot is told by its own field."""
    number = whole_number(value)
    is_number = isinstance(number, int) and not isinstance(number, bool)
    return int(str(number)) if is_number and 1 <= int(str(number)) <= MOST_PEOPLE else None
