"""What a page shows of one day, ready written: nothing here is computed, and nothing is left to format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from planner.domain.geo import LonLat
from planner.domain.text import WebLink
from planner.domain.warnings.severity import Tone
from planner.outputs.timeline.steps import Step
from planner.words.formats import Moment
from planner.words.warnings.tell import Notice


@dataclass(frozen=True)
class Noticed:
    """A row with warnings on it."""

    notices: tuple[Notice, ...] = field(default=(), kw_only=True)

    @property
    def alerts(self) -> tuple[Notice, ...]:
        """What must be seen at once."""
        return tuple(notice for notice in self.notices if notice.tone != Tone.NOTE)

    @property
    def remarks(self) -> tuple[Notice, ...]:
        """What is good to know and can stand back."""
        return tuple(notice for notice in self.notices if notice.tone == Tone.NOTE)


@dataclass(frozen=True)
class Contact:
    """Whom to call: the telephone number as written, and as it is dialled."""

    name: str
    phone: str
    dial: str
    email: str = ""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return ", ".join(text for text in (self.name, self.phone, self.email) if text)


@dataclass(frozen=True)
class StartRow:
    """Where and when the day begins; `booked` are the train and the coach, each as (what, all of it)."""

    name: str
    address: str
    time: Moment
    booked: tuple[tuple[str, str], ...] = ()
    has_driver: bool = False
    kind: Literal["start"] = "start"


@dataclass(frozen=True)
class PartRow:
    """The directions of one part of a leg.

    `title` is '' where the leg has no other part; `before` and `after` say
    where a coach stops, '' for a walk; `after` a ride is the stop before one's own.
    """

    title: str
    lines: tuple[str, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class LegRow(Noticed):
    """A way between two places. `index` is the leg's in the itinerary.

    Texts: `minutes` "7 min" or "about 3–8 min", `distance` "480 m" or '' where
    no way is known, `in_parts` "Walk 80 m to the coach, drive 3.2 km, walk 40 m"
    or '' where there is one part only, `gather` and `estimated` whole phrases or ''.
    One that is assumed has an end that is not on the map, and no way. `unseated` is how long it is without a
    seat, or ''. A leg by public transport has `steps`; `choice` is why the quickest mode is what it is, or
    ''; `dark` says from when it is walked in the dark, or ''.
    """

    index: int
    mode: str
    mode_name: str
    depart: Moment
    arrive: Moment
    minutes: str
    distance: str
    gather: str
    estimated: str
    is_mostly_estimated: bool
    parts: tuple[PartRow, ...]
    in_parts: str = ""
    steps: tuple[Step, ...] = ()
    choice: str = ""
    dark: str = ""
    is_assumed: bool = False
    unseated: str = ""
    kind: Literal["leg"] = "leg"

    @property
    def anchor(self) -> str:
        """The row's address within the page."""
        return f"way-{self.index}"

    @property
    def directions(self) -> tuple[str, ...]:
        """All lines of directions, one part after the other."""
        return tuple(line for part in self.parts for line in part.lines)


@dataclass(frozen=True)
class StopRow(Noticed):
    """A stop. `number` is the same on the map, `index` is the stop's in the day's list.

    Texts: `times` "09:20–09:40", `dwell` "20 min", `wait` and `slack` whole
    phrases or '', `practical` short facts such as "outdoors", `here` where a meal without a place happens,
    `booked` what is agreed for a meal, `not_known` which comforts neither the site nor the map knows,
    `site` the site's id.
    `host` and `aside`, a note for the guide, are there as far as the release says them to its reader.
    `at` is None where the stop has no place, or one that is not on the map.
    """

    number: int
    index: int
    id: str
    name: str
    address: str
    arrive: Moment
    start: Moment
    leave: Moment
    times: str
    dwell: str
    dwell_min: int
    wait: str
    wait_min: int
    slack: str
    slack_min: int | None
    summary: str
    description: str
    note: str
    practical: tuple[str, ...]
    here: str = ""
    at: LonLat | None = None
    host: Contact | None = None
    aside: str = ""
    site: str = ""
    booked: str = ""
    photo: str = ""
    not_known: str = ""
    kind: Literal["stop"] = "stop"

    @property
    def anchor(self) -> str:
        """The row's address within the page."""
        return f"stop-{self.number}"

    @property
    def facts(self) -> str:
        """How long, where and what it is like there, in one line."""
        address = self.address if self.address != self.name else ""
        return " · ".join(text for text in (self.dwell, address, self.here, *self.practical) if text)

    @property
    def has_more(self) -> bool:
        """Whether there is something to unfold."""
        return bool(self.summary or self.description or self.slack or self.at or self.photo)

    @property
    def geo(self) -> str:
        """The place for the phone's own navigation, as Android and others know it; '' without a position."""
        if self.at is None:
            return ""
        where = f"{self.at[1]:.6f},{self.at[0]:.6f}"
        return f"geo:{where}?q={where}({quote(self.name, safe='')})"

    @property
    def apple_maps(self) -> str:
        """The same for iPhones: the way there on foot."""
        return f"maps://?daddr={self.at[1]:.6f},{self.at[0]:.6f}&dirflg=w" if self.at else ""


@dataclass(frozen=True)
class EndRow(Noticed):
    """Where and when the day ends; `name` is '' where it ends at the last stop."""

    name: str
    address: str
    time: Moment
    kind: Literal["end"] = "end"


@dataclass(frozen=True)
class PartyWay:
    """What one party does while the delegation is split: its stops as (time, number, name)."""

    look: str
    name: str
    by: str
    stops: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class SplitRow(Noticed):
    """From here each party goes its own way, until all meet again."""

    time: Moment
    parties: tuple[PartyWay, ...]
    kind: Literal["split"] = "split"


Row = StartRow | LegRow | StopRow | SplitRow | EndRow


@dataclass(frozen=True)
class Summary:
    """The day in numbers: `stops`, `people` and `warnings` are phrases, `warnings` '' when all is well.

    `driving` is the coach's distance, `riding` a phrase about public transport, `dark` from when it is dark
    where the day ends about then or later, `unseated` the longest way without a seat; '' where there is none.
    """

    start: str
    finish: str
    walking: str
    driving: str
    riding: str
    stops: str
    people: str
    warnings: str
    warning_count: int
    dark: str = ""
    unseated: str = ""


@dataclass(frozen=True)
class DayLink:
    """One day of a visit of several days: `number` counts from 1."""

    number: int
    label: str
    is_shown: bool


@dataclass(frozen=True)
class Imprint:
    """What the page rests on; `sketch` is '' unless the streets are a sketch.

    `release` says which version it is, and with it what of the visit is `to_follow`, '' where nothing is.
    `services` are the timetables of the day's rides, each as a sentence.
    """

    credit: str
    credit_url: str
    data_date: str
    sketch: str
    release: str
    to_follow: str = ""
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """One day of a release in one language.

    `bring` is what to take along, `thanks` lines for afterwards, `links` where to go then: on the last day.
    """

    language: str
    town: str
    title: str
    date: str
    date_iso: str
    day: int
    days: tuple[DayLink, ...]
    meeting_point: str
    meeting_address: str
    meeting_time: Moment
    coordinator: Contact
    summary: Summary
    notices: tuple[Notice, ...]
    rows: tuple[Row, ...]
    imprint: Imprint
    bring: str = ""
    thanks: tuple[str, ...] = ()
    links: tuple[WebLink, ...] = ()

    @property
    def stops(self) -> tuple[StopRow, ...]:
        """The stops alone, in the order of the day: the map's legend."""
        return tuple(row for row in self.rows if isinstance(row, StopRow))

    @property
    def legs(self) -> tuple[LegRow, ...]:
        """The legs alone."""
        return tuple(row for row in self.rows if isinstance(row, LegRow))
