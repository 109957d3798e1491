"""What is assumed of small delays, in words, and where each number is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.robust.delays import Delays

OURS = ""
"""No published figure was found: the number is ours."""

WALKING = (
    "Bohannon, Andrews 2011: Normal walking speed, a descriptive meta-analysis, "
    "doi:10.1016/j.physio.2010.12.004 (means of age groups lie within 21 %, taken as two spreads)"
)
DRIVING = (
    "Zheng et al. 2017: Travel Time Reliability for Urban Networks, doi:10.1155/2017/9147356 "
    "(that it differs from day to day; the spread is ours)"
)
STAYING = (
    "Vazquez et al. 2023: Activity delay patterns in project networks, arXiv:2304.10304 "
    "(the form; the spread is ours, no published figure for hosted visits was found)"
)
RIDING = (
    "Department for Transport 2015: Proportion of bus services running on time (82.9 % under 6 min late), "
    "https://gov.uk/government/publications/proportion-of-bus-services-running-on-time"
)


@dataclass(frozen=True)
class Assumption:
    """One number that a chance rests on; without a `source` it is ours."""

    name: str
    value: float
    message: str
    source: str = OURS


def assumptions(delays: Delays) -> tuple[Assumption, ...]:
    """Return what is assumed of a day."""
    return (
        Assumption(
            "pace",
            delays.pace,
            gettext(
                "On one day the group walks faster or slower than planned: two days of three within 10 %."
            ),
            WALKING,
        ),
        Assumption(
            "drive",
            delays.drive,
            gettext("A drive takes longer or shorter than planned: two of three within 15 %."),
            DRIVING,
        ),
        Assumption(
            "stay",
            delays.stay,
            gettext("Every other stay is as long as planned, the others longer, mostly by less than 10 %."),
            STAYING,
        ),
        Assumption(
            "bus_s",
            delays.bus_s,
            gettext(
                "A bus or train comes late, by a little over three minutes on average; 83 of 100 less than 6."
            ),
            RIDING,
        ),
        Assumption(
            "grace_s",
            float(delays.grace_s),
            gettext("Less than a minute late is on time: clocks show minutes."),
        ),
        Assumption(
            "start",
            0.0,
            gettext(
                "Nobody begins a stay before its planned time; reserves and waiting take up delays first."
            ),
        ),
    )
