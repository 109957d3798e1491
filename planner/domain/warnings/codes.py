"""What a plan can be warned of: one dataclass for each code, with all that its sentence needs.

`stop` is the index of the stop in the day's list, `leg` the index of the leg; `by_s` is by how much,
in seconds. Times are local "HH:MM", lengths whole metres. Whatever a warning carries may be missing
('' or None), as it is in some old releases. The texts are in `planner.words.warnings`: a new class
goes into one of the unions at the end, and type checking then asks for its text.
"""

from __future__ import annotations

from planner.domain.warnings.base import WarningCode
from planner.domain.warnings.facts import (
    ClockChange,
    CoachUnchecked,
    NoFoodNear,
    NotPlaced,
    OfFacts,
    OverCapacity,
    Precedence,
    SiteUnconfirmed,
    SketchData,
)
from planner.domain.warnings.hours import (
    ByAppointment,
    Closed,
    ClosedAsBefore,
    ClosedKind,
    Closes,
    Doubt,
    Holiday,
    HoursUnknown,
    Late,
    LateFor,
    OfHours,
    OpensLater,
    ShutAllDay,
    Tight,
)
from planner.domain.warnings.rides import (
    GroupTooBigForBus,
    NoRide,
    NoService,
    OfRides,
    OnRequest,
    ServiceEstimated,
    TimetableOutdated,
)
from planner.domain.warnings.ways import (
    CoachStop,
    CoachTurns,
    FarFromStreets,
    Ferry,
    GateWait,
    HikingPath,
    LocationApproximate,
    LongKerbWalk,
    LongWalk,
    NoCoach,
    NotStepFree,
    NoWay,
    ObstacleKind,
    OffMainNetwork,
    OfWays,
    StepFreeUnknown,
    WayHoursUnread,
)

__all__ = [
    "ByAppointment",
    "ClockChange",
    "Closed",
    "ClosedAsBefore",
    "ClosedKind",
    "Closes",
    "CoachStop",
    "CoachTurns",
    "CoachUnchecked",
    "Doubt",
    "FarFromStreets",
    "Ferry",
    "GateWait",
    "GroupTooBigForBus",
    "HikingPath",
    "Holiday",
    "HoursUnknown",
    "Late",
    "LateFor",
    "LocationApproximate",
    "LongKerbWalk",
    "LongWalk",
    "NoCoach",
    "NoFoodNear",
    "NoRide",
    "NoService",
    "NoWay",
    "NotPlaced",
    "NotStepFree",
    "ObstacleKind",
    "OfFacts",
    "OfHours",
    "OfRides",
    "OfWays",
    "OffMainNetwork",
    "OnRequest",
    "OpensLater",
    "OverCapacity",
    "Precedence",
    "ServiceEstimated",
    "ShutAllDay",
    "SiteUnconfirmed",
    "SketchData",
    "StepFreeUnknown",
    "Tight",
    "TimetableOutdated",
    "Warning",
    "WarningCode",
    "WayHoursUnread",
]

Warning = OfHours | OfWays | OfRides | OfFacts  # noqa: A001 - the word of the field (docs/glossary.md)
"""Any of them."""
