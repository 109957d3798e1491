"""What the API answers: the one description from which openapi.json is made.

The answers are plain dictionaries. mypy holds what writes them against these types, and the tests hold
what is sent against the schema made of them: a field cannot be in the one and not in the other.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from planner.domain.order.proposals import DemandKind, Objective, Outcome
from planner.outputs.api.answer_fields import Metres, Seconds, StopNumber, Time
from planner.outputs.api.chance_models import RobustnessAnswer
from planner.outputs.api.leg_models import AskedAgainAnswer, LegAnswer, WarningAnswer


class MatrixAnswer(TypedDict):
    """Metres and seconds from row to column; by coach over a sketch with warnings too."""

    distances_m: Annotated[
        list[list[Metres | None]],
        Field(description="Null where there is no way; by bus and the best mode all are"),
    ]
    durations_s: list[list[Seconds | None]]
    warnings: NotRequired[list[WarningAnswer]]


class CallAnswer(TypedDict):
    """The stay at a stop: come, begin, go."""

    stop: StopNumber
    id: str | None
    arrive: Time
    start: Time
    leave: Time
    wait_s: Annotated[
        Seconds,
        Field(description="From arrive to start, which is a whole minute: so up to 59 s where nobody waits"),
    ]
    slack_s: Seconds | None
    toilet_m: Annotated[
        Metres | None,
        Field(
            description="On foot to the nearest toilet for everybody; null: none within 500 m where "
            "`data.network.comforts` has toilets, else not known"
        ),
    ]
    water_m: Annotated[Metres | None, Field(description="The same to drinking water")]


class TotalsAnswer(TypedDict):
    """Sums over a day."""

    walk_m: Metres
    move_s: Seconds
    dwell_s: Seconds
    wait_s: Seconds
    gather_s: Seconds
    estimated_m: Metres
    drive_m: Metres
    ride_m: Metres


class NetworkAnswer(TypedDict):
    """The streets that an answer rests on."""

    name: str
    data_date: str
    timezone: str
    sketch: bool
    comforts: Annotated[
        list[str], Field(description="Of toilet, water and seat those that the map has any of")
    ]
    estimated_share: float
    credit: str
    credit_url: str
    licence: str


class TimetableSourceAnswer(TypedDict):
    """A source of departures."""

    name: str
    kind: str
    credit: str
    url: str
    licence: str
    valid_from: str
    valid_to: str
    indicative: bool


class TimetableAnswer(TypedDict):
    """The departures that an answer rests on."""

    sources: list[TimetableSourceAnswer]


class DataAnswer(TypedDict):
    """What an answer rests on; no timetable where the town has none."""

    network: NetworkAnswer
    timetable: TimetableAnswer | None


class DemandAnswer(TypedDict):
    """A demand of a stop, or of the whole day where that is null."""

    kind: DemandKind
    stop: StopNumber | None


class LeftOutAnswer(TypedDict):
    """A stop that was left out since it may be."""

    stop: StopNumber
    id: str | None
    reason: Annotated[str, Field(description="Why it does not fit beside those that are kept, in words")]
    demands: Annotated[
        list[DemandAnswer],
        Field(description="The demands that exclude each other once it is put in; none where unknown"),
    ]
    proved: bool


class ItineraryAnswer(TypedDict):
    """The calls and legs of one day; leg i leads to call i, one more to the place of the end."""

    order: list[StopNumber]
    start: Annotated[Time, Field(description="Later than asked where the day is planned backward")]
    calls: list[CallAnswer]
    legs: list[LegAnswer]
    totals: TotalsAnswer
    finish: Time
    warnings: list[WarningAnswer]
    data: DataAnswer
    robustness: NotRequired[Annotated[RobustnessAnswer, Field(description="Given where it is asked for")]]
    asked_again: NotRequired[
        Annotated[list[AskedAgainAnswer], Field(description="Given where a stop has a `confirmed` time")]
    ]
    left_out: NotRequired[
        Annotated[
            list[LeftOutAnswer],
            Field(description="Given where a stop is `optional`: those that `order` and `calls` lack"),
        ]
    ]


class CutAnswer(TypedDict):
    """A stay made shorter than asked."""

    stop: StopNumber
    minutes: int
    id: NotRequired[str | None]


class ConflictAnswer(TypedDict):
    """Demands that exclude each other."""

    message: str
    demands: list[DemandAnswer]


class ReasonAnswer(ConflictAnswer):
    """Why no order of a day works."""

    too_much_min: Annotated[
        int | None,
        Field(
            description="By how many minutes all windows, hours, fixed times and the day would have to end "
            "later for all to be kept, rounded up; null where no time would do, or it was not found out"
        ),
    ]
    proved: Annotated[
        bool, Field(description="False in a day too large to be searched through, or by assumed legs only")
    ]


class OrderAnswer(TypedDict):
    """What is said about the order of the stops."""

    objective: Objective
    proved_optimal: Annotated[bool, Field(description="No order is better for the objective")]
    outcome: Annotated[
        Outcome,
        Field(
            description="found: the order keeps all demands, or none was asked for; impossible: it is proved "
            "that none does; not_found: none was found in the time given, which proves nothing"
        ),
    ]
    cuts: Annotated[
        list[CutAnswer],
        Field(description="Stays made shorter, by the fewest minutes, where no order works otherwise"),
    ]
    conflict: Annotated[
        ReasonAnswer | None,
        Field(description="Demands of which no order keeps all together; the order is then as it was"),
    ]
    conflicts: Annotated[
        list[ReasonAnswer],
        Field(description="The reasons, where there are several each for itself; `conflict` is the first"),
    ]


class PlanAnswer(ItineraryAnswer, OrderAnswer):
    """The itinerary of one day, and what is said about its order."""

    remedies_complete: Annotated[
        bool, Field(description="False where the time was too short to look for all remedies of one edit")
    ]
    pairs_complete: Annotated[
        bool,
        Field(
            description="False where the time was too short to look for all pairs of edits; they are looked "
            "for where no single edit leaves a day on which everything works, or only one that costs much"
        ),
    ]


class PartyAnswer(TypedDict):
    """The day of one party."""

    name: str
    itinerary: PlanAnswer


class PartiesAnswer(TypedDict):
    """The days of all parties of a delegation."""

    parties: list[PartyAnswer]
    objective: Annotated[
        str,
        Field(
            description="finish_waiting: every meeting, and so the finish of all, as early as can be, "
            "and then the least walking and queueing of people on their way there; finish: the former is "
            "proved, the latter good; latest_start: of a day to be over at a time, the start as late as "
            "was found"
        ),
    ]
    proved_optimal: Annotated[bool, Field(description="Nothing is better for the objective")]
    bound: Annotated[Time, Field(description="No plan has all at the end before this time, with offset")]
    conflict: Annotated[
        ConflictAnswer | None,
        Field(description="Demands that exclude each other, as far as that was found out"),
    ]
    cuts: Annotated[
        list[CutAnswer],
        Field(
            description="Stays made shorter for all parties alike, by few minutes, where no orders were "
            "found that work otherwise"
        ),
    ]
    cuts_proved: Annotated[
        bool,
        Field(description="Along these orders no fewer minutes will do, and no cuts as few are fairer"),
    ]
    finish: Annotated[Time, Field(description="When the last party is at the end, with offset")]


class PointAnswer(TypedDict):
    """A position of GeoJSON."""

    type: Literal["Point"]
    coordinates: Annotated[list[float], Field(description="[lon, lat]")]


class SiteAnswer(TypedDict):
    """A site of the catalogue; one without a position has no geometry."""

    type: Literal["Feature"]
    id: str
    geometry: PointAnswer | None
    properties: Annotated[dict[str, Any], Field(description="What the catalogue says of the site")]


class SitesAnswer(TypedDict):
    """The catalogue as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: list[SiteAnswer]


class AliveAnswer(TypedDict):
    """The process answers."""

    status: str
    version: str


class HealthAnswer(TypedDict):
    """The state of the service: its network, or else a message.

    `limits` tells who counts calls: `shared` by all workers (LIMITS_URL), `each process`, `off`.
    """

    status: str
    version: str
    limits: str
    network: NotRequired[NetworkAnswer]
    message: NotRequired[str]


class DescriptionAnswer(TypedDict):
    """An OpenAPI document."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]
    components: dict[str, Any]


class FaultAnswer(TypedDict):
    """One thing wrong with a request; the pointer is a JSON pointer into its body."""

    pointer: str
    code: str
    message: str


class RefusalAnswer(TypedDict):
    """Why there is no other answer."""

    code: str
    message: str
    details: list[FaultAnswer]


class ErrorAnswer(TypedDict):
    """The one shape of all errors."""

    error: RefusalAnswer
