"""What the API answers about how sure a day is."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from planner.outputs.api.answer_fields import Seconds, StopNumber


class StopChanceAnswer(TypedDict):
    """How sure a stop is to be on time; the end of the day has no stop."""

    stop: StopNumber | None
    id: NotRequired[str | None]
    on_time: Annotated[float, Field(ge=0, le=1)]
    late_s: Annotated[Seconds, Field(description="How late it begins, or ends, on the worst tenth of days")]


class OrderChanceAnswer(TypedDict):
    """How sure an order is: the share of days on which all of it is on time."""

    order: list[StopNumber]
    on_time: Annotated[float, Field(ge=0, le=1)]
    stops: list[StopChanceAnswer]


class AssumptionAnswer(TypedDict):
    """What was assumed of delays, and where it is from."""

    name: str
    value: float
    message: str
    source: Annotated[str, Field(description="Empty where the number is ours")]


class RobustnessAnswer(TypedDict):
    """How sure the day is to be on time under small delays."""

    now: Annotated[OrderChanceAnswer, Field(description="The order of this answer")]
    before: Annotated[OrderChanceAnswer, Field(description="The best order for the objective, or as asked")]
    later_s: Annotated[Seconds, Field(description="So much later than `before` the day ends")]
    complete: Annotated[bool, Field(description="Every order was played; else a sturdier one may exist")]
    days: int
    seed: int
    assumptions: list[AssumptionAnswer]
