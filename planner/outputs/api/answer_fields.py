"""The values that the API's answers are made of: times, metres, seconds, positions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from planner.domain.visits import Mode


def one_of(*words: str) -> Any:
    """Describe a text as one of some words."""
    return Field(json_schema_extra={"enum": [*words]})


Time = Annotated[str, Field(description="ISO 8601 with offset", json_schema_extra={"format": "date-time"})]
Metres = Annotated[float, Field(ge=0)]
Seconds = int
StopNumber = int
"""The number that a stop has in the request, from 0."""
ModeTaken = Annotated[Mode, WithJsonSchema({"enum": [mode.value for mode in Mode if mode is not Mode.BEST]})]
"""How one moves in the end: `best` is only ever asked for."""
Position = Annotated[list[float], Field(description="[lon, lat]")]


class LineString(TypedDict):
    """A line of GeoJSON."""

    type: Literal["LineString"]
    coordinates: list[list[float]]


Line = Annotated[LineString | None, Field(description="GeoJSON LineString of [lon, lat]")]
