"""What is asked of POST /route: one leg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from planner.domain.visits import Mode
from planner.web.api.schemas.fields import Moment
from planner.web.api.schemas.places import PlaceModel
from planner.web.api.schemas.travel import TravelFields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.web.api.schemas.base import Loc


class RouteRequest(TravelFields):
    """One leg. Times are local to the town; without one, now."""

    origin: PlaceModel = Field(alias="from")
    to: PlaceModel
    mode: Mode = Mode.WALK
    depart: Moment | None = None
    arrive: Moment | None = None

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """One time, not two."""
        if document.get("depart") is not None and document.get("arrive") is not None:
            yield ("arrive",), "give either `depart` or `arrive`"
