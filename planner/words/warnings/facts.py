"""What is said of facts: about a site, the group, the order and the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from planner.domain.warnings.codes import (
    ClockChange,
    CoachUnchecked,
    NoFoodNear,
    NotPlaced,
    OverCapacity,
    Precedence,
    SiteUnconfirmed,
    SketchData,
)
from planner.words.formats import distance_text, minutes_text
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from planner.domain.warnings.codes import OfFacts


def sentence(warning: OfFacts, language: str) -> str:
    """Return the sentence in the language in force, with times as the language has them."""
    match warning:
        case NotPlaced():
            told = _not_placed(warning.assumed_min, language)
        case SiteUnconfirmed():
            told = gettext("Not confirmed with the host yet.")
        case OverCapacity():
            told = _over_capacity(warning)
        case Precedence():
            told = _precedence(warning)
        case SketchData():
            told = _sketch_data(warning.estimated_percent)
        case NoFoodNear():
            told = _no_food_near(warning.metres, language)
        case CoachUnchecked():
            told = gettext(
                "Check the drives with the driver: this map knows no one-way streets and no limits."
            )
        case ClockChange():
            told = _clock_change(warning)
        case _:
            assert_never(warning)
    return told


def _not_placed(minutes: int | None, language: str) -> str:
    if minutes is None:
        return gettext("Not on the map yet: the way here is only assumed.")
    words = {"minutes": minutes_text(minutes, language)}
    return gettext("Not on the map yet: ways here and from here are assumed to take %(minutes)s.", **words)


def _no_food_near(metres: int | None, language: str) -> str:
    if metres is None:
        return gettext("No place to eat is known near here.")
    return gettext("No place to eat is known within %(distance)s.", distance=distance_text(metres, language))


def _over_capacity(warning: OverCapacity) -> str:
    capacity, group = warning.capacity, warning.group
    if capacity is None or group is None:
        return gettext("Too small for the group.")
    words = {"capacity": capacity, "group": group}
    if warning.parties is None:
        return gettext("Room for %(capacity)s, the group has %(group)s.", **words)
    return ngettext(
        "Room for %(capacity)s, the group has %(group)s: split it into %(num)s party.",
        "Room for %(capacity)s, the group has %(group)s: split it into %(num)s parties that take turns.",
        warning.parties,
        **words,
    )


def _precedence(warning: Precedence) -> str:
    if warning.name:
        return gettext("Should come after: %(name)s.", name=warning.name)
    if warning.after:
        return gettext("Should come after stop %(number)s.", number=warning.after)
    return gettext("Comes too early in the day.")


def _clock_change(warning: ClockChange) -> str:
    words = {"time": warning.time, "meant": warning.meant, "other": warning.other}
    if warning.other:
        return gettext(
            "The clock shows %(time)s twice on that date: the first is meant, %(meant)s; "
            "the second is written %(other)s.",
            **words,
        )
    return gettext("There is no %(time)s on that date, the clock skips it: %(meant)s is meant.", **words)


def _sketch_data(percent: int | None) -> str:
    if percent is None:
        return gettext("The street data is a sketch: check the way on the spot.")
    return gettext("The street data is a sketch: %(percent)s%% of it is unconfirmed.", percent=percent)
