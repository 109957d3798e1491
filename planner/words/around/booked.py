"""Arrivals, coaches and meals in words: a line for whoever needs it, as far as their release tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.booked.gaps import GapKind
from planner.domain.booked.things import Carrier
from planner.domain.text import in_language
from planner.words.translation import _, gettext, ngettext

if TYPE_CHECKING:
    from planner.domain.booked.gaps import Gap
    from planner.domain.booked.things import Arrival, CoachBooking, MealBooking
    from planner.domain.visits import Day

CARRIERS = {Carrier.TRAIN: _("Train"), Carrier.FLIGHT: _("Flight")}


def booked_rows(day: Day, language: str) -> tuple[tuple[str, str], ...]:
    """Return the arrival and the coach of a day, each as what it is and all that is told of it."""
    rows = []
    if day.arrival:
        rows.append((gettext("Arrival"), arrival_text(day.arrival, language)))
    if day.coach_booking and (told := coach_booking_text(day.coach_booking, language)):
        rows.append((gettext("Coach"), told))
    return tuple(rows)


def arrival_text(arrival: Arrival, language: str) -> str:
    """Say what the group comes by, when and where; what if it is late, where that is told."""
    what = " ".join(text for text in (str(CARRIERS[arrival.carrier]), arrival.number) if text)
    told = [what, arrival.time, in_language(arrival.place, language)]
    late = in_language(arrival.if_late, language)
    line = ", ".join(text for text in told if text)
    return f"{line}. {gettext('If it is late: %(what)s', what=late)}" if late else line


def coach_booking_text(coach: CoachBooking, language: str) -> str:
    """Say whose coach it is, when one gets in and where it waits."""
    waits = in_language(coach.waits, language)
    told = [
        coach.operator,
        gettext("getting in %(time)s", time=coach.boarding) if coach.boarding else "",
        gettext("waits: %(place)s", place=waits) if waits else "",
    ]
    return ", ".join(text for text in told if text)


def meal_text(meal: MealBooking, language: str) -> str:
    """Say what is agreed with a restaurant."""
    covers = ngettext("%(num)s cover", "%(num)s covers", meal.covers) if meal.covers is not None else ""
    diets = in_language(meal.diets, language)
    told = [
        meal.restaurant,
        covers,
        gettext("diets: %(diets)s", diets=diets) if diets else "",
        gettext("confirmed") if meal.confirmed else "",
    ]
    return ", ".join(text for text in told if text)


def gap_text(gap: Gap) -> str:
    """Say what is missing."""
    if gap.kind is GapKind.ARRIVES_LATE:
        arrives, begins = gap.told
        return gettext(
            "The group arrives at %(time)s, the day begins at %(begins)s.", time=arrives, begins=begins
        )
    if gap.kind is GapKind.BOARDS_LATE:
        boards, begins = gap.told
        return gettext(
            "The group gets into the coach at %(time)s, the day begins at %(begins)s.",
            time=boards,
            begins=begins,
        )
    if gap.kind is GapKind.FEW_COVERS:
        covers, people = gap.told
        return gettext("%(covers)s covers for %(people)s people.", covers=covers, people=people)
    if gap.kind is GapKind.NO_DRIVER:
        return gettext("The telephone of the coach’s driver is not known.")
    return gettext("The restaurant has not confirmed the meal.")
