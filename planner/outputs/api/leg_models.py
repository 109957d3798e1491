"""What the API answers about a leg: its parts, rides and directions, and what is wrong with it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from planner.domain.edits.remedies import RemedyCode
from planner.domain.itinerary import Maneuver, PartKind
from planner.domain.warnings.codes import WarningCode
from planner.outputs.api.answer_fields import (
    Line,
    Metres,
    ModeTaken,
    Position,
    Seconds,
    StopNumber,
    Time,
    one_of,
)
from planner.streets.landmarks import LandmarkKind

Operation = TypedDict(
    "Operation",
    {
        "op": Literal["add", "remove", "replace", "move"],
        "from": NotRequired[str],
        "path": str,
        "value": NotRequired[
            Annotated[Any, Field(description="Given unless the operation is to remove or to move")]
        ],
    },
)
"""One step of a JSON Patch."""


class AskedAgainAnswer(TypedDict):
    """A host who has confirmed a time and has to be asked for another."""

    stop: StopNumber
    id: str | None
    confirmed: Time
    start: Annotated[Time | None, Field(description="The new time; null where nobody comes")]
    message: str


class RemedyAnswer(TypedDict):
    """What would cure a warning."""

    code: RemedyCode
    message: str
    patch: Annotated[
        list[Operation],
        Field(
            description="JSON Patch (RFC 6902) of the request; the plan of what it makes is rid of "
            "the warning, has none as serious instead and breaks no demand"
        ),
    ]
    left: Annotated[int, Field(description="How many things do not work on the day with the remedy")]
    asked_again: NotRequired[
        Annotated[list[AskedAgainAnswer], Field(description="Given where a stop has a `confirmed` time")]
    ]


class WhereAnswer(TypedDict, total=False):
    """The stop and the leg that a warning is about, and by how much; what does not apply is left out."""

    stop: StopNumber
    leg: int
    by_s: Seconds
    past_midnight: Annotated[str, Field(description="the time that was missed, as one of the next day")]


class WarningAnswer(WhereAnswer):
    """What is wrong, where and by how much."""

    code: WarningCode
    message: str
    remedies: list[RemedyAnswer]


class InstructionAnswer(TypedDict):
    """One line of directions: what to do at a place, and along what for how many metres."""

    maneuver: Maneuver
    street: str
    way: Annotated[str, Field(description="the kind of way, told where it has no name")]
    distance_m: Metres
    bearing_deg: Annotated[float, Field(ge=0, le=360)] | None
    side: Annotated[str, Field(description="of the last way, at the arrival"), one_of("", "left", "right")]
    landmark: Annotated[str, Field(description="what stands where the line begins")]
    landmark_kind: Annotated[str, one_of("", *(kind.word for kind in LandmarkKind))]
    crosses: Annotated[str, Field(description="a main road crossed on the line")]
    steps: Annotated[str, Field(description="steps on the line, as walked"), one_of("", "up", "down", "some")]
    exit_number: Annotated[int, Field(ge=1)] | None
    ref: Annotated[str, Field(description="the road number of a named street on a drive")]
    towards: Annotated[str, Field(description="the places on the signs of a driven road")]
    exit_ref: Annotated[str, Field(description="the number of a motorway's exit")]
    text: str


class StepFreeAnswer(TypedDict):
    """Metres by what is known of them to a group that cannot climb steps."""

    confirmed_m: Metres
    unknown_m: Metres
    bad_m: Metres


class SlopeAnswer(TypedDict):
    """Metres by what is known of their slope; heights are those of an elevation file, if there is one."""

    tagged_m: Metres
    unknown_m: Metres
    height_m: Annotated[Metres, Field(description="Metres whose heights are known")]
    ascent_m: Annotated[Metres | None, Field(description="Up in all; null where no height is known")]
    descent_m: Annotated[Metres | None, Field(description="Down in all; null where no height is known")]
    steepest_percent: float | None


class StopCallAnswer(TypedDict):
    """A call of a ride at a stop: the departure where one gets on, else the arrival."""

    name: str
    platform: str
    time: Time | None
    at: Position | None


class RideAnswer(TypedDict, total=False):
    """What only a part that is a ride has; all of it there."""

    line: str
    vehicle: Annotated[str, Field(description="bus, tram, rail, metro, ferry, ...")]
    headsign: str
    board: StopCallAnswer
    alight: StopCallAnswer
    via: Annotated[list[StopCallAnswer], Field(description="The calls between getting on and off")]
    following: Annotated[list[Time], Field(description="The next two departures")]
    last_back: Annotated[Time | None, Field(description="The day's last direct departure back, with offset")]
    service_estimated: Annotated[bool, Field(description="No timetable speaks for the line")]
    headway_s: Annotated[
        Seconds | None,
        Field(description="Given where only the headway is known: times are the expected ones"),
    ]
    on_request: bool
    over_room: Annotated[bool, Field(description="The group is larger than the line usually has room for")]
    credit: str


class DriveAnswer(TypedDict, total=False):
    """What only a part that is a drive has."""

    boarding_s: Annotated[Seconds, Field(description="Of its duration, for the group to get in and out")]


class PartAnswer(RideAnswer, DriveAnswer):
    """One piece of a leg in one mode."""

    kind: PartKind
    distance_m: Metres
    duration_s: Seconds
    depart: Time
    arrive: Time | None
    geometry: Line
    estimated: Annotated[
        list[list[int]],
        Field(description="Stretches that no source confirms, as first and last index of the coordinates"),
    ]
    instructions: list[InstructionAnswer]
    step_free: Annotated[
        StepFreeAnswer | None,
        Field(description="What is known to a group that cannot climb steps; null unless asked for"),
    ]
    slope: Annotated[
        SlopeAnswer,
        Field(description="Metres whose slope is tagged, and those of which no height is known"),
    ]


class ChoiceAnswer(TypedDict):
    """By how much the best mode comes earlier than the next best one."""

    mode: ModeTaken
    saves_s: Seconds | None
    over: ModeTaken | None
    next_in_s: Seconds | None


class LegAnswer(TypedDict):
    """A movement between two places; distance and geometry are null where no way is known.

    So are duration and arrival, unless the leg is `assumed` to take so long.
    """

    mode: Annotated[ModeTaken, Field(description="That which was chosen, if the best one was asked for")]
    distance_m: Metres | None
    duration_s: Seconds | None
    depart: Time
    arrive: Time | None
    geometry: Line
    estimated_m: Metres
    assumed: Annotated[
        bool, Field(description="A place has no position yet: the duration is an assumption of the visit")
    ]
    unseated_m: Annotated[
        Metres | None, Field(description="The longest stretch of its walks without a seat; null if not known")
    ]
    parts: list[PartAnswer]
    choice: Annotated[
        ChoiceAnswer | None, Field(description="Why the best mode is this one; null unless asked for")
    ]
    warnings: list[WarningAnswer]
