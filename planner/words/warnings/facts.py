"""What is said of facts: about a site, the group, the order and the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from planner.domain.warnings.codes import (
    ClockChange,
    CoachUnchecked,
    NotPlaced,
    OverCapacity,
    Precedence,
    SiteUnconfirmed,
    SketchData,
    WarningCode,
)
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from planner.domain.warnings.codes import OfFacts


_OF_SITES = {
    WarningCode.NOT_PLACED: _("Not on the map yet: the way here is only assumed."),
    WarningCode.SITE_UNCONFIRMED: _("Not confirmed with the host yet."),
}


def sentence(warning: OfFacts) -> str:
    """Return the sentence in the language in force."""
    match warning:
        case NotPlaced() | SiteUnconfirmed():
            return str(_OF_SITES[warning.code])
        case OverCapacity():
            return _over_capacity(warning)
        case Precedence():
            return _precedence(warning)
        case SketchData():
            return _sketch_data(warning.estimated_percent)
        case CoachUnchecked():
            return gettext(
                "Check the drives with the driver: this map knows no one-way streets and no limits."
            )
        case ClockChange():
            return _clock_change(warning)
        case _:
            assert_never(warning)


def _over_capacity(warning: OverCapacity) -> str:
    capacity, group = warning.capacity, warning.group
    if capacity is None or group is None:
        return gettext("Too small for the group.")
    return gettext("Room for %(capacity)s, the group has %(group)s.", capacity=capacity, group=group)


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
