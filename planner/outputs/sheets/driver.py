"""The driver's sheet: where to stop and wait, how far, driving times and breaks, and what a day breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.itinerary import PartKind
from planner.domain.schedule.driving import drives_of, driving_day
from planner.domain.warnings.codes import Breach
from planner.outputs.sheets import pieces
from planner.outputs.sheets.blocks import Facts, Heading, Line, Lines, Page, Table, Title
from planner.outputs.sheets.parts.needs import needs_text
from planner.outputs.sheets.parts.rain import in_rain
from planner.outputs.sheets.parts.ways import goal
from planner.words.formats import distance_text, minutes_text
from planner.words.modes import coach_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.schedule.driving import DrivingDay
    from planner.outputs.sheets.blocks import Block
    from planner.outputs.sheets.source import SheetSource

RULES = "(EC) 561/2006, (EU) 2024/1258"


def driver_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return the drives in their order and what the rules say of them."""
    judged = driving_day(drives_of(source.itinerary))
    blocks: list[Block] = [
        Title(source.title, (Line(source.when, "strong"), Line(gettext("Sheet of the driver")))),
        Facts((*pieces.meeting(source).rows, *_coach(source))),
    ]
    if judged.drives:
        blocks += [*_drives(source, gettext("Drives")), *_rests(source, judged)]
    else:
        blocks.append(Lines((Line(gettext("No way of this day goes by coach.")),)))
    blocks += _in_rain(source)
    blocks += pieces.code(source, (Line(gettext("The newest version"), "strong"), Line(source.version)))
    return (Page(tuple(blocks)),)


def _coach(source: SheetSource) -> Iterator[tuple[str, str]]:
    yield gettext("Group"), source.timeline.summary.people
    if needs := needs_text(source.laid.attendees.of_party(source.party), source.language, has_diets=False):
        yield gettext("Needs"), needs
    yield gettext("Size of the coach"), coach_text(source.visit.coach, source.language)


def _in_rain(source: SheetSource) -> Iterator[Block]:
    """The drives of the rain version where any is other, with what of the rules it breaks."""
    wet = in_rain(source)
    if wet is None:
        return
    name = gettext("Drives if it rains")
    drives = tuple(_drives(wet, name))
    if drives == tuple(_drives(source, name)):
        return
    dry, then = drives_of(source.itinerary), drives_of(wet.itinerary)
    if then:
        yield from drives
    else:
        yield Heading(name)
        yield Lines((Line(gettext("No way of this day goes by coach.")),))
    broken = [breach for breach in driving_day(then).breaches if breach not in driving_day(dry).breaches]
    if broken:
        yield Lines(tuple(Line(_breach(breach), "warn") for breach in broken))


def _drives(source: SheetSource, name: str) -> Iterator[Block]:
    yield Heading(name)
    rows = []
    for leg in source.timeline.legs:
        number, name = goal(source.timeline.rows, leg)
        parts = [one for one in source.itinerary.legs[leg.index].parts if one.kind is PartKind.DRIVE]
        places = [one for one in leg.parts if one.before or one.after]
        for part, place in zip(parts, places, strict=False):
            times = f"{source.clock.departure(part.depart).text}–{source.clock.arrival(part.arrive).text}"
            to = " ".join(text for text in (number, name) if text)
            rows.append(
                (
                    times,
                    f"{place.before}\n{to}: {place.after}",
                    distance_text(part.distance_m, source.language),
                )
            )
    head = (gettext("Time"), gettext("Where the coach waits and stops"), gettext("Distance"))
    yield Table(head, tuple(rows), (1.7, 7, 1.3))


def _rests(source: SheetSource, judged: DrivingDay) -> Iterator[Block]:
    yield Heading(gettext("Driving time and breaks"), aside=RULES)
    sums = [
        (gettext("Driving in all"), _minutes(judged.driving_s, source)),
        (gettext("Longest without the break"), _minutes(judged.longest_s, source)),
    ]
    for begin, end in judged.rests:
        times = f"{source.clock.arrival(begin).text}–{source.clock.departure(end).text}"
        sums.append((gettext("Pause"), f"{times}, {_minutes(end - begin, source)}"))
    yield Facts(tuple(sums))
    lines = [Line(_breach(breach), "warn") for breach in judged.breaches]
    if not lines:
        lines.append(Line(gettext("The drives of this sheet keep the rules on driving times and breaks.")))
    lines += [
        Line(
            gettext(
                "After 4 h 30 min of driving a break of 45 min is due, in one or in two parts of at least "
                "15 min. Waiting at a stop counts as a break, getting in and out does not."
            )
        ),
        Line(
            gettext("The way to the first stop and from the last one is not known here: it counts too."),
            "strong",
        ),
    ]
    yield Lines(tuple(lines))


def _breach(breach: Breach) -> str:
    return {
        Breach.NO_BREAK: gettext(
            "More than 4 h 30 min of driving without a break of 45 min: this day breaks the rule."
        ),
        Breach.LONG_DAY: gettext("More than 9 h of driving: allowed on two days of a week only."),
        Breach.TOO_LONG_DAY: gettext("More than 10 h of driving: this day breaks the rule."),
        Breach.SHORT_REST: gettext(
            "More than 13 h from the first drive to the last: a short rest, three times between weekly rests."
        ),
        Breach.NO_REST: gettext("More than 15 h from the first drive to the last: this day breaks the rule."),
    }[breach]


def _minutes(seconds: int, source: SheetSource) -> str:
    return minutes_text(-(-seconds // 60), source.language)
