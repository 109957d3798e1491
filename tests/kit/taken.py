"""Releases to take along: days of many stops, what must stay private, and the files that are made."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.itinerary import Call, Itinerary, Leg, LegPart, PartKind, Totals
from planner.domain.sites import HostContact
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, Visit
from planner.links import PARTICIPANT
from planner.outputs.files.calendar import CalendarFile
from planner.outputs.files.content.build import Wanted, file_plan
from planner.outputs.files.content.history import history_of
from planner.outputs.files.forms import PLAIN, written
from tests.kit.party_samples import party_content
from tests.kit.samples import DATE, SQUARE, STATION, sample_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.releases import ReleaseContent

MARK = "a visit's own mark"
STEP_S = 600
ODD_NAMES = (
    '=HYPERLINK("http://example.org";"klik")',
    "+48 to nie telefon",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "Zażółć gęślą jaźń; „cytat”",
    "Музей міста",
    'A & B < C > D "E"',
    "Dwie\nlinie\r\ni trzecia\u2028czwarta",
    "Znaki\x00\x07\x0b\ufffe\ud800sterujące",
    "x" * 200,
    "Ł" * 200,
)  # fmt: skip
"""What names may do to a file."""

SECRETS = {
    "host": "GOSPODARZ-TAJNY",
    "phone": "+48 111 222 333",
    "email": "tajny@kryjowka.example",
    "notes": "UWAGA-POUFNA",
    "guide": "PRZEWODNICZKA-TAJNA",
    "coordinator": "KOORDYNATOR-TAJNY",
    "source": "ZRODLO-WEWNETRZNE",
    "licence": "LICENCJA-WEWNETRZNA",
}
"""What stands in a release and is for no participant's file."""


def content_of(
    names: Sequence[str], *, zone: str = "Europe/Warsaw", date: dt.date = DATE, time: str = "09:00"
) -> ReleaseContent:
    """A day of free places in a row, ten minutes at each and ten between, in a town of some zone."""
    sample = sample_content()
    places = [(SQUARE[0] + 0.001 * number, SQUARE[1]) for number in range(len(names))]
    stops = tuple(
        Stop(f"s{number}", place=PlaceRef(at=at, name={"pl": name, "en": name}), dwell_min=10)
        for number, (name, at) in enumerate(zip(names, places, strict=True), start=1)
    )
    start = TownClock(zone).instant(date, time)
    calls, legs, now = [], [], start
    for number, (here, there) in enumerate(pairwise([STATION, *places])):
        part = LegPart(PartKind.WALK, 100, STEP_S, now, now + STEP_S, (here, there))
        legs.append(Leg(Mode.WALK, 100, STEP_S, now, now + STEP_S, part.geometry, 0.0, (part,)))
        begins = now + STEP_S
        calls.append(Call(number, f"s{number + 1}", begins, begins, begins + STEP_S, 0, None))
        now = begins + STEP_S
    day = Day(date, DayStart(PlaceRef(at=STATION, name={"pl": "Dworzec"}), time), DayEnd(), stops=stops)
    visit = Visit({"pl": "Wizyta", "en": "Visit"}, (day,), group_size=20)
    itinerary = Itinerary(start, now, tuple(calls), tuple(legs), Totals(walk_m=100 * len(names)))
    network = replace(sample.network, timezone=zone)
    return replace(sample, number=1, visit=visit, sites={}, itineraries=(itinerary,), network=network)


def several_days(content: ReleaseContent, days: int) -> ReleaseContent:
    """A release with its day again on the days after: the same stops, with the same ids."""
    shift = dt.timedelta(days=1)
    visit, first = content.visit, content.visit.days[0]
    repeated = tuple(replace(first, date=first.date + number * shift) for number in range(days))
    return replace(
        content,
        visit=replace(visit, days=repeated),
        itineraries=tuple(_later(content.itineraries[0], number * 86_400) for number in range(days)),
        parties=content.parties * days,
    )


def _later(itinerary: Itinerary, seconds: int) -> Itinerary:
    calls = tuple(
        replace(call, arrive=call.arrive + seconds, start=call.start + seconds, leave=call.leave + seconds)
        for call in itinerary.calls
    )
    legs = tuple(
        replace(leg, depart=leg.depart + seconds, arrive=leg.arrive + seconds) for leg in itinerary.legs
    )
    start, finish = itinerary.start + seconds, itinerary.finish + seconds
    return replace(itinerary, start=start, finish=finish, calls=calls, legs=legs)


def secret_content() -> ReleaseContent:
    """A delegation in parties whose sites, parties and visit hold what no participant's file may say."""
    content = party_content()
    text = {"pl": SECRETS["notes"], "en": SECRETS["notes"]}
    host = HostContact(SECRETS["host"], SECRETS["phone"], SECRETS["email"])
    sites = {
        key: replace(
            site, host=host, notes=text, sources=(SECRETS["source"],), licence=SECRETS["licence"]
        )
        for key, site in content.sites.items()
    }  # fmt: skip
    parties = tuple(replace(party, guide=SECRETS["guide"]) for party in content.visit.parties)
    told = f"{SECRETS['coordinator']}, {SECRETS['phone']}"
    return replace(
        content, sites=sites, visit=replace(content.visit, parties=parties, coordinator=told)
    )  # fmt: skip


def calendar_of(
    *releases: ReleaseContent,
    language: str = "pl",
    audience: str = PARTICIPANT,
    day: int | None = None,
    party: str = "",
) -> CalendarFile:
    """The calendar of a visit after some releases."""
    plan = file_plan(releases[-1], Wanted(language, audience, day, party))
    return CalendarFile(plan, history_of(releases), MARK)


def files_of(content: ReleaseContent, language: str = "pl", audience: str = PARTICIPANT) -> dict[str, bytes]:
    """Every file that neither is a map nor packed."""
    calendar = calendar_of(content, language=language, audience=audience)
    return {suffix: written(suffix, calendar) for suffix in PLAIN}
