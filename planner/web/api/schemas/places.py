"""Where something is: the places of every request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Field, ValidationError

from planner.domain.limits import LANGUAGES, LINE_LENGTH, MOST_POINTS, SITE_ID_LENGTH
from planner.domain.visits import PlaceRef
from planner.web.api.schemas.base import Loc, RequestModel, listed, said
from planner.web.api.schemas.fields import Latitude, Longitude

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.config import JsonDict


_ONE_OF_THEM: JsonDict = {
    "anyOf": [
        said("site", {"type": "string"}, at={"type": "null"}),
        said("at", {"type": "array"}, site={"type": "null"}),
    ]
}


class PlaceModel(RequestModel):
    """A catalogue site by its id, or a free position [lon, lat]."""

    model_config = ConfigDict(json_schema_extra={"allOf": [_ONE_OF_THEM]})

    site: Annotated[str, Field(min_length=1, max_length=SITE_ID_LENGTH)] | None = None
    at: tuple[Longitude, Latitude] | None = None
    name: Annotated[str, Field(max_length=LINE_LENGTH)] | None = None

    @classmethod
    def mismatches(cls, document: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
        """One of the two, not both."""
        if (document.get("site") is None) == (document.get("at") is None):
            yield (), "give either `site` or `at`"

    def ref(self) -> PlaceRef:
        """The place in the domain's words."""
        names = {} if self.name is None else dict.fromkeys(LANGUAGES, self.name)
        return PlaceRef(site=self.site, at=self.at, name=names)


def places_in(document: dict[str, Any]) -> Iterator[tuple[str, PlaceRef]]:
    """The well-formed places of a request that may be wrong elsewhere, each with its JSON pointer."""
    places = [
        ("/from", document.get("from")),
        ("/to", document.get("to")),
        ("/stop/place", _field(document.get("stop"), "place")),
        *((f"/{key}/place", _field(document.get(key), "place")) for key in ("start", "end")),
        *((f"/points/{index}", point) for index, point in enumerate(listed(document.get("points")))),
        *(
            (f"/stops/{index}/place", _field(stop, "place"))
            for index, stop in enumerate(listed(document.get("stops")))
        ),
    ]
    for pointer, place in places[: 2 * MOST_POINTS]:
        try:
            yield pointer, PlaceModel.model_validate(place).ref()
        except ValidationError:
            continue


def _field(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None
