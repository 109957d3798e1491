"""A day and its variants as columns of words, and the dates of its week at a glance.

Needs an application context, with the reader's language in force. Whatever differs is said
in words: the page may colour it besides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.warnings.codes import WarningCode
from planner.domain.warnings.severity import Tone
from planner.outputs.compare.what_if_rows import FACTS, Cell, stop_cell
from planner.words.fits.asked_again import AskedAgainWriter
from planner.words.formats import long_date, number_text, short_day
from planner.words.modes import mode_name
from planner.words.plans import PlanWords, Reading, Verdict
from planner.words.refusals import fault_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.edits.variations import Variation
    from planner.services.planning.what_if import DayVariant


@dataclass(frozen=True)
class Label:
    """What a row is about; a stop's row has its number."""

    text: str
    number: int | None = None


@dataclass(frozen=True)
class Column:
    """A variant: what is other in it, its cells row by row, or why it cannot be planned."""

    title: str
    about: str
    cells: tuple[Cell, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The day as it is and its variants beside it; every planned column has a cell for each label."""

    labels: tuple[Label, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Doors:
    """Whether everything is open, in one short line, and what else there is to know."""

    text: str
    more: str = ""
    is_good: bool = False


@dataclass(frozen=True)
class WeekDay:
    """The day on one date; `about` says what is special about the date."""

    date: dt.date
    name: str
    about: str
    doors: Doors
    times: str
    is_now: bool


def sheet(now: DayVariant, variants: Sequence[DayVariant], reading: Reading) -> Sheet:
    """Put the variants beside the day as it is."""
    plans = [_words(variant, reading) for variant in (now, *variants)]
    rows = [row for row in FACTS if row.is_needed([plan for plan in plans if plan])]
    asks = any(variant.again for variant in variants)
    labels = [Label(str(row.label)) for row in rows]
    labels += [Label(gettext("To be asked again"))] if asks else []
    labels += [Label(reading.places.stop_name(stop), number) for number, stop in enumerate(now.day.stops, 1)]

    def cells(variant: DayVariant, plan: PlanWords | None) -> tuple[Cell, ...]:
        if plan is None:
            return ()
        before = plans[0] if plan is not plans[0] else None
        facts = (row.cell(plan, before) for row in rows)
        hosts = (_hosts_cell(variant, reading),) if asks else ()
        return (*facts, *hosts, *(stop_cell(plan, before, index) for index in range(len(now.day.stops))))

    columns = [Column(gettext("As it is now"), _all_of(now, reading), cells(now, plans[0]), _faults(now))]
    for variant, plan in zip(variants, plans[1:], strict=True):
        columns.append(
            Column(
                variation_text(variant.variation, reading.language),
                _holiday(variant),
                cells(variant, plan),
                _faults(variant),
            )
        )
    return Sheet(tuple(labels), tuple(columns))


def week(
    dates: Iterable[DayVariant], now: DayVariant, today: dt.date, reading: Reading
) -> tuple[WeekDay, ...]:
    """Tell of each date whether everything is open on it."""
    return tuple(_week_day(variant, now, today, reading) for variant in dates)


def variation_text(variation: Variation, language: str) -> str:
    """What is other in a variant, in few words."""
    parts = [short_day(variation.date, language)] if variation.date else []
    if variation.start:
        parts.append(gettext("start %(time)s", time=variation.start))
    if variation.arrive:
        parts.append(gettext("there by %(time)s", time=variation.arrive))
    if variation.pace_kmh:
        parts.append(_pace(variation.pace_kmh, language))
    if variation.mode:
        parts.append(mode_name(variation.mode))
    return " · ".join(parts)


def _words(variant: DayVariant, reading: Reading) -> PlanWords | None:
    return PlanWords(variant.day, variant.itinerary, reading) if variant.itinerary else None


def _all_of(now: DayVariant, reading: Reading) -> str:
    day, language = now.day, reading.language
    pace = _pace(now.visit.pace_kmh, language)
    parts = (short_day(day.date, language), _holiday(now), pace, mode_name(day.mode))
    return " · ".join(part for part in parts if part)


def _pace(kmh: float, language: str) -> str:
    return gettext("%(pace)s km/h", pace=number_text(kmh, language))


def _holiday(variant: DayVariant) -> str:
    return gettext("public holiday") if variant.is_holiday else ""


def _hosts_cell(variant: DayVariant, reading: Reading) -> Cell:
    """Which hosts who have confirmed would have to be asked again."""
    if not variant.again:
        return Cell(gettext("nobody"))
    writer = AskedAgainWriter(variant.day, reading.places, reading.clock)
    return Cell("; ".join(writer.lines(variant.again)), verdict=Verdict.WORSE)


def _faults(variant: DayVariant) -> tuple[str, ...]:
    """Why a day cannot be planned, in the reader's language."""
    return tuple(map(fault_text, variant.faults))


def _week_day(variant: DayVariant, now: DayVariant, today: dt.date, reading: Reading) -> WeekDay:
    date = variant.variation.date or now.day.date
    is_now = date == now.day.date
    remarks = (
        gettext("as it is now") if is_now else "",
        _holiday(variant),
        gettext("in the past") if date < today else "",
    )
    name, about = long_date(date, reading.language), " · ".join(remark for remark in remarks if remark)
    plan = _words(variant, reading)
    if plan is None:
        why = Doors(gettext("Cannot be planned"), " ".join(_faults(variant)))
        return WeekDay(date, name, about, why, "", is_now)
    times = f"{plan.start_text}–{plan.finish_text}"
    doors = _doors(plan)
    if variant.again:
        hosts = gettext("hosts to be asked again: %(count)s", count=len(variant.again))
        doors = replace(doors, more=", ".join(told for told in (doors.more, hosts) if told))
    return WeekDay(date, name, about, doors, times, is_now)


def _doors(plan: PlanWords) -> Doors:
    """Whether everything is open; hours that are not known never count as open."""
    closed = _at(plan, WarningCode.CLOSED)
    unknown, asked = _at(plan, WarningCode.HOURS_UNKNOWN), _at(plan, WarningCode.BY_APPOINTMENT)
    others = plan.tones[Tone.FAIL] - len(closed)
    more = (
        gettext("hours unknown: %(count)s", count=len(unknown)) if unknown else "",
        gettext("by appointment: %(count)s", count=len(asked)) if asked else "",
        gettext("also does not work: %(count)s", count=others) if others > 0 else "",
    )
    told = ", ".join(remark for remark in more if remark)
    if closed:
        names = ", ".join(plan.stop_name(index) for index in closed)
        return Doors(gettext("Closed: %(names)s", names=names), told)
    text = gettext("Nothing closed") if unknown or asked else gettext("Everything open")
    return Doors(text, told, is_good=others <= 0)


def _at(plan: PlanWords, code: WarningCode) -> tuple[int, ...]:
    """The stops at which a warning bites."""
    stops = (
        warning.stop for warning in plan.plan.warnings if warning.code is code and warning.stop is not None
    )
    return tuple(dict.fromkeys(stops))
