"""The form about parties: who goes in which, what all see together, and how many a stop holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from planner.domain.clock import parse_clock_time
from planner.domain.edits import stops as edits
from planner.domain.limits import (
    FEWEST_PARTIES,
    MOST_PARTIES,
    MOST_ROOM,
    PARTY_NAME_LENGTH,
    PARTY_TEXT_LENGTH,
)
from planner.domain.parties.routes import even_sizes, rename_parties, routes_fit
from planner.domain.visits import Party, PartyRoute, StopKind, Visit
from planner.errors import EditRefusedError, FormRefusedError, Reason
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.visits import Day, Stop

LETTERS = "ABCDEFGHIJ"
_ROUTES = TypeAdapter(tuple[PartyRoute, ...])


@dataclass(frozen=True)
class PartyRow:
    """A party as typed; `was` is its stored name, '' for a new one."""

    name: str
    size: str
    guide: str = ""
    language: str = ""
    was: str = ""


@dataclass(frozen=True)
class PartiesForm:
    """All that was typed: the parties, the stops for all, the room at stops by the stop's id.

    Before a first split the page does not ask about stops: without `has_stops` they stay as they are.
    """

    rows: tuple[PartyRow, ...]
    together: frozenset[str]
    rooms: Mapping[str, str]
    has_stops: bool = True

    @classmethod
    def of_visit(cls, visit: Visit, day: Day) -> PartiesForm:
        """The form as it is stored."""
        rows = tuple(
            PartyRow(one.name, str(one.size), one.guide, one.language, one.name) for one in visit.parties
        )
        rooms = {stop.id: str(stop.capacity) for stop in day.stops if stop.capacity is not None}
        return cls(rows, frozenset(stop.id for stop in day.stops if stop.meets), rooms)

    @classmethod
    def sent(cls, fields: Mapping[str, str], together: Sequence[str]) -> PartiesForm:
        """The form as it was sent."""

        def text(name: str, index: int, most: int) -> str:
            return " ".join(fields.get(f"{name}-{index}", "").split())[:most]

        rows = tuple(
            PartyRow(
                name=text("name", index, PARTY_NAME_LENGTH) or LETTERS[index],
                size=text("size", index, 9),
                guide=text("guide", index, PARTY_TEXT_LENGTH),
                language=text("language", index, PARTY_TEXT_LENGTH),
                was=fields.get(f"was-{index}", ""),
            )
            for index in range(MOST_PARTIES)
            if f"size-{index}" in fields
        )
        rooms = {
            name.removeprefix("room-"): value.strip()
            for name, value in fields.items()
            if name.startswith("room-") and value.strip()
        }
        return cls(rows, frozenset(together), rooms, has_stops="with-stops" in fields)

    @property
    def people(self) -> int:
        """How many people the parties have together, as far as their sizes are numbers."""
        return sum(int(row.size) for row in self.rows if row.size.isdecimal())

    def split(self, people: int, count: int) -> PartiesForm:
        """The form with so many parties of even sizes; what is known of the first ones is kept.

        Raises
        ------
        EditRefusedError
            If there are too few people, or too many parties.
        """
        if not FEWEST_PARTIES <= count <= min(MOST_PARTIES, people):
            raise EditRefusedError(Reason.CANNOT_SPLIT, people=people, count=count)
        taken = {row.name for row in self.rows[:count]}
        free = [letter for letter in LETTERS if letter not in taken]
        known = [*self.rows[:count], *(PartyRow(letter, "") for letter in free)]
        sizes = even_sizes(people, count)
        rows = tuple(replace(row, size=str(size)) for row, size in zip(known, sizes, strict=False))
        return replace(self, rows=rows)

    def change(self, visit: Visit, index: int) -> Visit:
        """Return the visit with what was typed; routes follow a party to its new name.

        Raises
        ------
        EditRefusedError
            With a sentence for everything that does not fit.
        """
        faults = [*self._party_faults(visit.group_size), *self._room_faults()]
        if faults:
            raise FormRefusedError(" ".join(faults))
        parties = tuple(Party(row.name, int(row.size), row.guide, row.language) for row in self.rows)
        renamed = {row.was: row.name for row in self.rows if row.was}
        day = day_of(visit, index)
        stops = tuple(self._stop(stop) for stop in day.stops)
        changed = edits.with_day(visit, index, replace(day, stops=stops))
        return rename_parties(replace(changed, parties=parties), renamed)

    def _stop(self, stop: Stop) -> Stop:
        if not self.has_stops:
            return stop
        room = self.rooms.get(stop.id)
        return replace(stop, together=stop.id in self.together, capacity=int(room) if room else None)

    def _party_faults(self, people: int) -> list[str]:
        names = [row.name.casefold() for row in self.rows]
        if len(names) < FEWEST_PARTIES:
            return [gettext("Split the group into two parties at least.")]
        faults = []
        if len(set(names)) < len(names):
            faults.append(gettext("Give every party a name of its own."))
        if not all(row.size.isdecimal() and int(row.size) for row in self.rows):
            faults.append(gettext("Give every party its number of people: a whole number, 1 at least."))
        elif self.people != people:
            faults.append(sum_sentence(self.people, people))
        return faults

    def _room_faults(self) -> list[str]:
        are_fine = all(room.isdecimal() and 1 <= int(room[:9]) <= MOST_ROOM for room in self.rooms.values())
        return [] if are_fine else [gettext("The room at a stop is a whole number of people, 1 at least.")]


def sum_sentence(people: int, group: int) -> str:
    """Say by how much the parties miss the group's size."""
    off = group - people
    sizes = gettext(
        "The parties have %(people)s people together, the group has %(group)s:", people=people, group=group
    )
    missing = ngettext("%(num)s is missing.", "%(num)s are missing.", abs(off))
    extra = ngettext("%(num)s is too many.", "%(num)s are too many.", abs(off))
    return f"{sizes} {missing if off > 0 else extra}"


def day_of(visit: Visit, index: int) -> Day:
    """Return a day of a visit.

    Raises
    ------
    EditRefusedError
        If the visit has no such day any more.
    """
    if not 0 <= index < len(visit.days):
        raise EditRefusedError(Reason.DAY_GONE)
    return visit.days[index]


def first_together(visit: Visit, index: int) -> Visit:
    """The visit, split for the first time, with what a whole group does marked: meals, talks, fixed times.

    Where somebody has said whether a stop is for all, that counts.
    """
    day = day_of(visit, index)
    stops = tuple(
        replace(stop, together=stop.meets or stop.kind is StopKind.MEAL or stop.talk or bool(stop.fixed))
        if stop.together is None
        else stop
        for stop in day.stops
    )
    return edits.with_day(visit, index, replace(day, stops=stops))


def routes_text(routes: tuple[PartyRoute, ...]) -> str:
    """Proposed routes as a field of a form carries them."""
    return _ROUTES.dump_json(routes).decode()


def accept(visit: Visit, index: int, text: str) -> Visit:
    """Return the visit with proposed routes taken over.

    Raises
    ------
    EditRefusedError
        If they are no routes, or do not fit the day and the parties as they are now.
    """
    day = day_of(visit, index)
    try:
        routes = _ROUTES.validate_json(text)
        times = (call.not_before for route in routes for call in route.calls)
        for time in (*times, *(route.start for route in routes)):
            parse_clock_time(time or "00:00")
    except (ValidationError, EditRefusedError) as error:
        raise EditRefusedError(Reason.NO_ROTATION) from error
    accepted = replace(day, party_routes=routes)
    if not routes_fit(accepted, visit.parties):
        raise EditRefusedError(Reason.ROTATION_UNFIT)
    return edits.with_day(visit, index, accepted)
