"""What is asked of POST /matrix: all distances between some places."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.domain.limits import MOST_POINTS
from planner.domain.visits import Mode
from planner.web.api.schemas.fields import Moment
from planner.web.api.schemas.places import PlaceModel
from planner.web.api.schemas.travel import TravelFields


class MatrixRequest(TravelFields):
    """All distances between some places; by bus and the best mode at a time, without one now."""

    points: Annotated[list[PlaceModel], Field(min_length=1, max_length=MOST_POINTS)]
    mode: Mode = Mode.WALK
    depart: Moment | None = None
