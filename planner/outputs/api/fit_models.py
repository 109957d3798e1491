"""What the API answers about where a stop would fit, and on which of several days."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from planner.domain.order.proposals import DemandKind, Objective
from planner.outputs.api.answer_fields import Seconds, StopNumber, Time
from planner.outputs.api.answer_models import CallAnswer, ItineraryAnswer, ReasonAnswer
from planner.outputs.api.leg_models import AskedAgainAnswer

MetresMore = Annotated[float, Field(description="Metres on foot more; negative for less")]


class BreakAnswer(TypedDict):
    """A demand that is kept no more; of the whole day where `stop` is null."""

    kind: DemandKind
    stop: StopNumber | None
    by_s: Annotated[Seconds, Field(description="By how much; 0 where it is no matter of time")]
    message: str


class SlotAnswer(TypedDict):
    """A place for the stop in the order as it is, and what it costs."""

    position: Annotated[int, Field(description="From 0, among the stops of the day with it")]
    order: list[StopNumber]
    call: CallAnswer
    later_s: Annotated[Seconds, Field(description="The day ends so much later; negative for earlier")]
    earlier_s: Annotated[Seconds, Field(description="So much earlier it begins, if planned backward")]
    walk_more_m: MetresMore
    wait_more_s: Seconds
    breaks: Annotated[list[BreakAnswer], Field(description="Demands that the day keeps without it")]
    message: str
    asked_again: NotRequired[
        Annotated[list[AskedAgainAnswer], Field(description="Given where a stop has a `confirmed` time")]
    ]


class OrderWithAnswer(TypedDict):
    """The best order of all stops with this one."""

    order: list[StopNumber]
    start: Time
    finish: Time
    proved_optimal: bool
    conflicts: Annotated[list[ReasonAnswer], Field(description="Why no order keeps all demands")]


class WhyNotAnswer(TypedDict):
    """The best order with the stop at the place asked for, against the best one with it anywhere."""

    held: OrderWithAnswer
    later_s: Annotated[Seconds | None, Field(description="What it costs; null where it is excluded")]
    walk_more_m: Annotated[float | None, Field(description="On foot; null where it is excluded")]
    message: Annotated[str, Field(description="The demand that breaks, or what the place costs, in words")]


class SlotsAnswer(TypedDict):
    """Where a stop would fit: the best places first. A new stop has the number after the last of the day."""

    slots: Annotated[list[SlotAnswer], Field(description="First what breaks nothing, then what costs least")]
    complete: Annotated[bool, Field(description="False where there was no time to try every place")]
    objective: Objective
    reordered: Annotated[
        OrderWithAnswer | None,
        Field(description="The best order with it, where `optimise` or `position` is given"),
    ]
    why_not: Annotated[WhyNotAnswer | None, Field(description="Given where a `position` is asked for")]


class SharedDayAnswer(TypedDict):
    """One of several days with the stops it got, in their best order, by the numbers of the request."""

    itinerary: ItineraryAnswer
    length_s: Annotated[Seconds, Field(description="From the start of the day to its end")]
    proved_optimal: Annotated[bool, Field(description="No order of these stops is better")]
    conflicts: list[ReasonAnswer]


class DaysAnswer(TypedDict):
    """Stops shared among days."""

    days: list[SharedDayAnswer]
    left_over: Annotated[list[StopNumber], Field(description="Stops that no day has room for")]
    spread_s: Annotated[Seconds, Field(description="By how much the longest day is longer than the shortest")]
    proved_optimal: Annotated[
        bool,
        Field(description="No share leaves over less, or has less time out and less of a difference in sum"),
    ]
