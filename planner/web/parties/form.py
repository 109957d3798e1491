"""The forms about parties: who goes in which, what all see together, how many a stop holds; a rotation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from pydantic import TypeAdapter, ValidationError

from planner.domain.clock import canonical_time
from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.hosts.kept import with_kept_text
from planner.domain.limits import (
    FEWEST_PARTIES,
    MOST_PARTIES,
    MOST_ROOM,
    PARTY_NAME_LENGTH,
    PARTY_TEXT_LENGTH,
)
from planner.domain.order.proposals import Cut
from planner.domain.parties.routes import even_sizes, rename_parties, routes_fit
from planner.domain.visits import Party, PartyRoute, StopKind, Visit
from planner.errors import EditRefusedError, FormRefusedError, Reason
from planner.web.frame.form_base import EditForm, Setting
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from planner.domain.visits import Day, Stop

LETTERS = "ABCDEFGHIJ"
LONGEST_SIZE = 9
_ROUTES = TypeAdapter(tuple[PartyRoute, ...])
_CUTS = TypeAdapter(tuple[Cut, ...])


@dataclass(frozen=True)
class PartyRow:
    """A party as typed; `was` is its stored name, '' for a new one."""

    name: str
    size: str
    guide: str = ""
    language: str = ""
    was: str = ""

    @classmethod
    def sent(cls, fields: Mapping[str, str], index: int) -> Self:
        """Return the row of a number; what is too long is cut, and who has no name gets a letter."""

        def text(name: str, most: int) -> str:
            return " ".join(fields.get(f"{name}-{index}", "").split())[:most]

        return cls(
            name=text("name", PARTY_NAME_LENGTH) or LETTERS[index],
            size=text("size", LONGEST_SIZE),
            guide=text("guide", PARTY_TEXT_LENGTH),
            language=text("language", PARTY_TEXT_LENGTH),
            was=fields.get(f"was-{index}", ""),
        )


class PartiesForm(EditForm):
    """All that was typed: the parties, the stops for all, the room at stops by the stop's id.

    The texts stay as they were typed until `change` reads them, so that what is refused is shown again.
    Before a first split the page does not ask about stops: without `has_stops` they stay as they are. With
    `split` the group is split evenly into so many parties. `kept` are the stops whose hosts have confirmed a
    time for all.
    """

    rows: tuple[PartyRow, ...]
    together: frozenset[str]
    rooms: Mapping[str, str]
    has_stops: bool = True
    split: int | None = None
    kept: frozenset[str] = frozenset()

    @classmethod
    def of_visit(cls, visit: Visit, day: Day) -> PartiesForm:
        """Return the form as it is stored."""
        rows = tuple(
            PartyRow(party.name, str(party.size), party.guide, party.language, party.name)
            for party in visit.parties
        )
        rooms = {stop.id: str(stop.capacity) for stop in day.stops if stop.capacity is not None}
        together = frozenset(stop.id for stop in day.stops if stop.meets)
        return cls(rows=rows, together=together, rooms=rooms)

    @classmethod
    def sent(cls, form: MultiDict[str, str], day: int) -> PartiesForm:
        """Return the form as it was sent: rows by their number, rooms by the stop."""
        fields = form.to_dict()
        rooms = {
            name.removeprefix("room-"): value.strip()
            for name, value in fields.items()
            if name.startswith("room-") and value.strip()
        }
        numbers = (index for index in range(MOST_PARTIES) if f"size-{index}" in fields)
        return cls(
            day=day,
            rows=tuple(PartyRow.sent(fields, index) for index in numbers),
            together=frozenset(form.getlist("together")),
            rooms=rooms,
            has_stops="with-stops" in fields,
            split=form.get("split", type=int),
        )

    @property
    def people(self) -> int:
        """How many people the parties have together, as far as their sizes are numbers."""
        return sum(int(row.size) for row in self.rows if row.size.isdecimal())

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Return the visit with what was typed; at a first split, what a whole group does is for all.

        Raises
        ------
        EditRefusedError
            With a sentence for everything that does not fit.
        """
        if self.split is None:
            return self._taken(visit)
        rows = self._even_rows(visit.group_size, self.split)
        taken = self.model_copy(update={"rows": rows, "split": None}).change(visit, setting)
        return taken if visit.parties else self._first_together(taken)

    def _taken(self, visit: Visit) -> Visit:
        """The visit with the parties and the stops; routes follow a party to its new name."""
        faults = [*self._party_faults(visit.group_size), *self._room_faults()]
        if faults:
            raise FormRefusedError(" ".join(faults))
        parties = tuple(Party(row.name, int(row.size), row.guide, row.language) for row in self.rows)
        renamed = {row.was: row.name for row in self.rows if row.was}
        day = self.current_day(visit)
        stops = tuple(self._stop(stop) for stop in day.stops)
        changed = self.with_current_day(visit, replace(day, stops=stops))
        return rename_parties(replace(changed, parties=parties), renamed)

    def _even_rows(self, people: int, count: int) -> tuple[PartyRow, ...]:
        """So many parties of even sizes; what is known of the first ones is kept."""
        if not FEWEST_PARTIES <= count <= min(MOST_PARTIES, people):
            raise EditRefusedError(Reason.CANNOT_SPLIT, people=people, count=count)
        taken = {row.name for row in self.rows[:count]}
        free = [letter for letter in LETTERS if letter not in taken]
        known = [*self.rows[:count], *(PartyRow(letter, "") for letter in free)]
        sizes = even_sizes(people, count)
        return tuple(replace(row, size=str(size)) for row, size in zip(known, sizes, strict=False))

    def _first_together(self, visit: Visit) -> Visit:
        """The visit with what a whole group does marked: meals, talks, times that are fixed or confirmed.

        Where somebody has said whether a stop is for all, that counts.
        """
        day = self.current_day(visit)
        stops = tuple(
            replace(stop, together=stop.meets or self._is_for_all(stop)) if stop.together is None else stop
            for stop in day.stops
        )
        return self.with_current_day(visit, replace(day, stops=stops))

    def _is_for_all(self, stop: Stop) -> bool:
        return stop.kind is StopKind.MEAL or stop.talk or bool(stop.fixed) or stop.id in self.kept

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


def routes_text(routes: tuple[PartyRoute, ...]) -> str:
    """Return proposed routes as a field of a form carries them."""
    return _ROUTES.dump_json(routes).decode()


def cuts_text(cuts: tuple[Cut, ...]) -> str:
    """Return proposed cuts as a field of a form carries them."""
    return _CUTS.dump_json(cuts).decode()


class RoutesForm(EditForm):
    """A proposed rotation, accepted exactly as it was shown, with the stays that it cuts.

    `kept` are the times that hosts have confirmed, "s2=10:00,s5=11:30": they become fixed, as was shown.
    """

    routes: str = ""
    cuts: str = ""
    kept: str = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Return the visit with routes and cuts taken over, if they fit its day and its parties."""
        day = self.current_day(visit)
        try:
            routes = _ROUTES.validate_json(self.routes)
            cuts = _CUTS.validate_json(self.cuts or "[]")
            times = (call.not_before for route in routes for call in route.calls)
            told = [time for time in (*times, *(route.start for route in routes)) if time]
            kept = with_kept_text(day, self.kept)
            is_canonical = [canonical_time(time) for time in told] == told
        except (ValidationError, EditRefusedError) as error:
            raise EditRefusedError(Reason.NO_ROTATION) from error
        if not is_canonical or any(cut.minutes < 1 for cut in cuts):
            raise EditRefusedError(Reason.NO_ROTATION)
        accepted = replace(applied(kept, Remedy(RemedyCode.CUT, cuts=cuts)), party_routes=routes)
        if not routes_fit(accepted, visit.parties):
            raise EditRefusedError(Reason.ROTATION_UNFIT)
        return self.with_current_day(visit, accepted)
