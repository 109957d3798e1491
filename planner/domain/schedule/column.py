"""A column of people on a carriageway: Article 12 of the Polish Road Traffic Act.

Source: ustawa z dnia 20 czerwca 1997 r. - Prawo o ruchu drogowym. A column is an organised group on foot
with somebody who leads it (Article 2(19)). It keeps to the right side of the carriageway (12(1)), at most
four abreast and never over more than half of the breadth (12(3)), is at most 50 m long and 100 m away from
the next one (12(5)). In poor visibility the first one on the left carries a white light and the last one a
red one, seen from 150 m; in a column of over 20 m these two wear reflectors and those on the left carry more
white lights, 10 m apart at most (12(6)). People of up to 10 years do not walk there then, and in fog no
column does (12(7)). Poor visibility is what there is from dusk to dawn, and when the air is not clear
(2(25)). Only who has no pavement and no shoulder walks there (11(1)).

That dusk begins at sunset and dawn ends at sunrise is assumed, to be on the safe side. Fog nobody knows
beforehand: it is said to who leads.

How long a group is nobody has measured here: that it walks in pairs, 1.5 m apart, is assumed, since half of
a narrow street has no room for four. Where the map is silent about pavements nothing is said, and other
countries have other rules.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.warnings.codes import OnCarriageway, Warning
from planner.domain.weather.daylight import walked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.itinerary import Itinerary, Leg
    from planner.domain.weather.daylight import Daylight

COUNTRY = "PL"
LONGEST_COLUMN_M = 50
LEAST_CARRIAGEWAY_M = 20.0
"""Fewer metres, as across a junction, are not worth a word."""

LIT_COLUMN_M = 20
"""A longer column carries more lights in the dark."""

ABREAST = 2
ROW_M = 1.5


def column_m(people: int) -> float:
    """Return about how long a column is, in pairs."""
    return max(0, ceil(people / ABREAST) - 1) * ROW_M


def columns(people: int) -> int:
    """Return into how many columns a group has to be split, so that none is too long."""
    rows = int(LONGEST_COLUMN_M // ROW_M) + 1
    return max(1, ceil(people / (rows * ABREAST)))


def carriageway_warnings(metres: float, people: int, country: str) -> Iterator[OnCarriageway]:
    """Yield what a group that walks so far on carriageways has to know."""
    if country == COUNTRY and people > 1 and metres >= LEAST_CARRIAGEWAY_M:
        yield OnCarriageway(metres=round(metres), column_m=round(column_m(people)), columns=columns(people))


def is_on_carriageway(leg: Leg) -> bool:
    """Whether a leg is warned of leading along a carriageway."""
    return any(isinstance(warning, OnCarriageway) for warning in leg.warnings)


def with_darkness(itinerary: Itinerary, light: Callable[[], Daylight]) -> Itinerary:
    """Return a day whose warnings of carriageways say where the way is walked in the dark.

    `light` is asked only where there is such a warning: searches time many days.
    """
    spans = {index: walked(leg) for index, leg in enumerate(itinerary.legs) if is_on_carriageway(leg)}
    if not spans:
        return itinerary
    day = light()
    dark = {index for index, span in spans.items() if span and day.is_dark(*span)}
    if not dark:
        return itinerary
    legs = tuple(
        replace(leg, warnings=tuple(map(_in_the_dark, leg.warnings))) if index in dark else leg
        for index, leg in enumerate(itinerary.legs)
    )
    warnings = (_in_the_dark(warning) if warning.leg in dark else warning for warning in itinerary.warnings)
    return replace(itinerary, legs=legs, warnings=tuple(warnings))


def _in_the_dark(warning: Warning) -> Warning:
    return replace(warning, dark=True) if isinstance(warning, OnCarriageway) else warning
