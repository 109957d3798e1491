"""A column of people on a carriageway: Article 12 of the Polish Road Traffic Act.

Source: ustawa z dnia 20 czerwca 1997 r. - Prawo o ruchu drogowym. A column is an organised group on foot
with somebody who leads it (Article 2(19)). It keeps to the right side of the carriageway (12(1)), at most
four abreast and never over more than half of the breadth (12(3)), is at most 50 m long and 100 m away from
the next one (12(5)). In poor visibility the first one on the left carries a white light and the last one a
red one, and a column of over 20 m more of them (12(6)); in fog it does not walk on a carriageway at all
(12(7)). Only who has no pavement and no shoulder walks there (11(1)).

How long a group is nobody has measured here: that it walks in pairs, 1.5 m apart, is assumed, since half of
a narrow street has no room for four. Where the map is silent about pavements nothing is said, and other
countries have other rules.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from planner.domain.warnings.codes import OnCarriageway

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTRY = "PL"
LONGEST_COLUMN_M = 50
LEAST_CARRIAGEWAY_M = 20.0
"""Fewer metres, as across a junction, are not worth a word."""

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
