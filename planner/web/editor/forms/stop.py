"""The editor's forms about stops: put in, moved, locked, taken out, and what one asks for."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, model_validator

from planner.domain.clock import comes_before, parse_clock_time
from planner.domain.edits import stops as edits
from planner.domain.hosts.kept import with_kept_text
from planner.domain.limits import GREATEST_WEIGHT, MOST_STOPS, SITE_ID_LENGTH
from planner.domain.visits import PlaceRef, Stop, StopKind, Visit
from planner.errors import EditRefusedError, Reason
from planner.web.editor.forms.times import with_settled_times
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import (
    Line,
    Minutes,
    Names,
    OptionalMinutes,
    OptionalText,
    Reserve,
    Text,
    Tick,
    Time,
    place,
    texts,
)

if TYPE_CHECKING:
    from planner.domain.visits import Day

LONGEST_KEPT = 5000
Kept = Annotated[str, Field(max_length=LONGEST_KEPT)]

MEAL_MIN, BREAK_MIN, PLACE_MIN = 45, 15, 15
LUNCH = ("12:00", "14:30")
"""The window of a meal when it is added, where the day is not begun after it."""

WINDOW_FIELDS = (
    ("window_from", "window_to"),
    ("window_from_2", "window_to_2"),
    ("window_from_3", "window_to_3"),
)
AFTER_START = "start"
"""Before the first stop."""
PLACELESS = frozenset({StopKind.MEAL, StopKind.BREAK})
"""What may do without a place."""


class AddSiteForm(EditForm):
    """A site of the catalogue as the next stop, after another or at a position; at a time, if agreed.

    `kept` are the times that hosts have confirmed, "s2=10:00,s5=11:30": they become fixed, as was shown.
    """

    site: Annotated[str, Field(min_length=1, max_length=SITE_ID_LENGTH)]
    position: Annotated[int, Field(ge=0, le=MOST_STOPS)] | None = None
    after: str = ""
    fixed: Time = None
    kept: Kept = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Put the site in with its own dwell."""
        site = setting.sites.get(self.site)
        if site is None:
            raise EditRefusedError(Reason.NOT_IN_CATALOGUE)
        day = self.current_day(visit)
        stop = Stop(
            id=edits.new_stop_id(day, StopKind.SITE),
            kind=StopKind.SITE,
            place=PlaceRef(site=site.id),
            dwell_min=site.dwell_min,
            min_dwell_min=site.min_dwell_min,
            fixed=with_settled_times(self, ("fixed",), day.date, setting).fixed,
        )
        at = position_after(day, self.after) if self.position is None else self.position
        return self.with_current_day(visit, edits.add_stop(with_kept_text(day, self.kept), stop, at))


class AddPlaceForm(EditForm):
    """A free place, a meal or a break as the next stop or after another; the last two need no position."""

    kind: StopKind = StopKind.PLACE
    name: Line = ""
    at: OptionalText = None
    after: str = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Append the stop with the usual dwell of its kind, a meal at the usual time of a lunch."""
        kind = StopKind.PLACE if self.kind is StopKind.SITE else self.kind
        day = self.current_day(visit)
        stop = Stop(
            id=edits.new_stop_id(day, kind),
            kind=kind,
            place=_own_place(kind, None, self.at, self.name, setting),
            dwell_min={StopKind.MEAL: MEAL_MIN, StopKind.BREAK: BREAK_MIN}.get(kind, PLACE_MIN),
            windows=(LUNCH,) if kind is StopKind.MEAL and _begins_before_lunch_ends(day) else (),
        )
        return self.with_current_day(visit, edits.add_stop(day, stop, position_after(day, self.after)))


class MoveForm(EditForm):
    """A stop to a position among the others, counted from 0, and where one is given to its fixed time.

    `kept` are the times that hosts have confirmed, as where a site is put in.
    """

    stop: str
    position: Annotated[int, Field(ge=0, le=200)]
    fixed: Time = None
    kept: Kept = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Move the stop; without a time it keeps the one it has."""
        day = edits.move_stop(self.current_day(visit), self.stop, self.position)
        day = with_kept_text(day, self.kept)
        fixed = with_settled_times(self, ("fixed",), day.date, setting).fixed
        if fixed is not None:
            day = edits.change_stop(day, self.stop, {"fixed": fixed})
        return self.with_current_day(visit, day)


class RemoveForm(EditForm):
    """A stop taken out."""

    stop: str

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Remove the stop."""
        return self.with_current_day(visit, edits.remove_stop(self.current_day(visit), self.stop))


class LockForm(EditForm):
    """A stop that keeps its position whatever order is proposed, or no longer does."""

    stop: str
    locked: Tick

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Lock the stop, or let it go."""
        day = edits.change_stop(self.current_day(visit), self.stop, {"locked": self.locked})
        return self.with_current_day(visit, day)


class StopForm(EditForm):
    """What one stop asks for. Where least minutes, ticks, order or place were not sent they stay."""

    stop: str
    dwell_min: Minutes
    min_dwell_min: OptionalMinutes = None
    fixed: Time = None
    window_from: Time = None
    window_to: Time = None
    window_from_2: Time = None
    window_to_2: Time = None
    window_from_3: Time = None
    window_to_3: Time = None
    buffer_min: Reserve = 0
    talk: Tick = False
    essential: Tick = False
    optional: Tick = False
    weight: Annotated[int, Field(ge=1, le=GREATEST_WEIGHT)] = 1
    after: Names = ()
    note_pl: Text = ""
    note_en: Text = ""
    name: OptionalText = None
    place_site: OptionalText = None
    place_at: OptionalText = None

    @model_validator(mode="after")
    def _whole_windows(self) -> StopForm:
        for opens, closes in self._typed_windows():
            if opens is None or closes is None:
                raise EditRefusedError(Reason.HALF_WINDOW)
            if not comes_before(opens, closes):
                raise EditRefusedError(Reason.WINDOW_TURNED, value=closes)
        for (_, closes), (opens, _) in pairwise(self._windows()):
            if comes_before(opens, closes):
                raise EditRefusedError(Reason.WINDOWS_OVERLAP)
        return self

    def _typed_windows(self) -> list[tuple[str | None, str | None]]:
        pairs = ((getattr(self, first), getattr(self, last)) for first, last in WINDOW_FIELDS)
        return [pair for pair in pairs if pair != (None, None)]

    def _windows(self) -> tuple[tuple[str, str], ...]:
        whole = [(opens, closes) for opens, closes in self._typed_windows() if opens and closes]
        return tuple(sorted(whole, key=lambda window: parse_clock_time(window[0])))

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the stop's fields."""
        day = self.current_day(visit)
        times = ("fixed", *chain.from_iterable(WINDOW_FIELDS))
        told = with_settled_times(self, times, day.date, setting)
        here = next((stop for stop in day.stops if stop.id == self.stop), None)
        fields: dict[str, Any] = {
            "dwell_min": self.dwell_min,
            "fixed": told.fixed,
            "windows": told._windows(),  # noqa: SLF001 - of this very form
            "buffer_min": self.buffer_min,
            "note": texts(self.note_pl, self.note_en),
        }
        if here is not None:
            fields |= self._where_sent(here, day, setting)
        return self.with_current_day(visit, edits.change_stop(day, self.stop, fields))

    def _where_sent(self, here: Stop, day: Day, setting: Setting) -> dict[str, Any]:
        """What changes only where it was sent."""
        sent = self.model_fields_set
        least = self.min_dwell_min if "min_dwell_min" in sent else here.min_dwell_min
        fields: dict[str, Any] = {"min_dwell_min": None if least is None else min(least, self.dwell_min)}
        fields |= {
            name: getattr(self, name) for name in ("talk", "essential", "optional", "weight") if name in sent
        }
        if fields.get("essential", here.essential):
            fields["optional"] = False
        if "after" in sent:
            if self.stop in self.after:
                raise EditRefusedError(Reason.AFTER_ITSELF)
            fields["after"] = edits.sound_after(day, self.stop, self.after)
            if fields["after"] is None:
                raise EditRefusedError(Reason.AFTER_EACH_OTHER)
        if here.kind is not StopKind.SITE and {"place_site", "place_at"} & sent:
            name = self.name or ""
            fields["place"] = _own_place(here.kind, self.place_site, self.place_at, name, setting)
        elif here.place is not None and here.place.site is None and self.name is not None:
            fields["place"] = replace(here.place, name=texts(self.name, self.name))
        return fields


def position_after(day: Day, after: str) -> int | None:
    """Return the position after a stop, 0 after the day's start; None, the last, where it is not there."""
    if after == AFTER_START:
        return 0
    return next((at for at, stop in enumerate(day.stops, start=1) if stop.id == after), None)


def _own_place(
    kind: StopKind, site: str | None, at: str | None, name: str, setting: Setting
) -> PlaceRef | None:
    """The place of a stop that is none of the catalogue's; a meal or a break may have a name alone."""
    ref = place(site, at, name, setting)
    if ref is None and kind not in PLACELESS:
        raise EditRefusedError(Reason.NO_PLACE)
    return PlaceRef(name=texts(name, name)) if ref is None and name else ref


def _begins_before_lunch_ends(day: Day) -> bool:
    return parse_clock_time(day.start.time) < parse_clock_time(LUNCH[1])
