"""Finding a place by its name: OSMnx asks Nominatim, once, within our time budget."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import osmnx
import requests
import shapely
from osmnx._errors import InsufficientResponseError

from planner.domain.geo import METRES_PER_DEGREE, LonLat, distance_m, offset
from planner.download.patience import connection_failure, patiently
from planner.errors import InvalidInputError, NotThereError, ServiceError
from planner.streets.build.download.refusal import check_status
from planner.streets.query.layers import Bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.download.patience import Patience, Report

TIMEOUT_S = 30.0

MARGIN_M = 500.0
"""Fetched beyond the place's outline: ways out of it, and the background behind the last street."""

RIVAL_IMPORTANCE = 0.1
"""A place elsewhere that Nominatim ranks no more than this below the first is another meaning of the name."""

MOST_NAMED = 4


@dataclass(frozen=True)
class FoundPlace:
    """What was found: its short and full name, OpenStreetMap id, and the box around it."""

    name: str
    full_name: str
    osm_id: str
    bounds: Bounds

    @property
    def box_km2(self) -> float:
        """The box that is fetched, margin included."""
        west, south, east, north = self.fetched
        middle = (south + north) / 2
        return distance_m((west, middle), (east, middle)) * (north - south) * METRES_PER_DEGREE / 1e6

    @property
    def fetched(self) -> Bounds:
        """The bounds with their margin, in whole 1e-5 degrees: the same place gives the same query."""
        west, south, east, north = self.bounds
        low, high = _moved((west, south), -MARGIN_M), _moved((east, north), MARGIN_M)
        return (round(low[0], 5), round(low[1], 5), round(high[0], 5), round(high[1], 5))


def _moved(corner: LonLat, metres: float) -> LonLat:
    return offset(corner, metres, metres)


def find_place(place: str, url: str, agent: str, budget: Patience, report: Report) -> FoundPlace:
    """Find the area that a name, or an id such as R123, stands for.

    Raises
    ------
    NotThereError, InvalidInputError
        If there is none, it has no outline, or there are several.
    ServiceError
        If Nominatim gives no answer that can be used.
    """
    host = urlsplit(url).netloc
    answers: list[Mapping[str, Any]] = []

    def look(response: requests.Response, *_: object, **__: object) -> None:
        """Stop before OSMnx sees what it would wait for without end, and keep what it would not show."""
        if response.is_redirect:
            return
        check_status(response, host)
        answers[:] = _results(response, host)

    def ask() -> FoundPlace:
        with _settings(url, agent, budget.within(TIMEOUT_S), look):
            return _asked(place, host, answers)

    report.passing(f"asking {host} for {place}")
    return patiently(ask, budget, report)


@contextmanager
def _settings(url: str, agent: str, timeout_s: float, look: object) -> Iterator[None]:
    """OSMnx's settings for one question.

    Its cache is off: it never forgets and is not written whole or not at all.
    """
    ours = {
        "nominatim_url": url,
        "http_user_agent": agent,
        "http_referer": agent,
        "http_accept_language": "",  # names as they are written there
        "requests_timeout": timeout_s,
        "requests_kwargs": {"hooks": {"response": look}},
        "use_cache": False,
    }
    before = {key: getattr(osmnx.settings, key) for key in ours}
    try:
        for key, value in ours.items():
            setattr(osmnx.settings, key, value)
        yield
    finally:
        for key, value in before.items():
            setattr(osmnx.settings, key, value)


def _results(response: requests.Response, host: str) -> list[Mapping[str, Any]]:
    """Return the list that Nominatim answers with."""
    try:
        answer = response.json()
    except requests.exceptions.JSONDecodeError:
        answer = None
    if isinstance(answer, list) and all(isinstance(result, dict) for result in answer):
        return answer
    msg = f"{host} answers with something that is no list of places: check NOMINATIM_URL and the connection"
    raise ServiceError(msg)


def _asked(place: str, host: str, answers: list[Mapping[str, Any]]) -> FoundPlace:
    try:
        frame = osmnx.geocode_to_gdf(place, by_osmid=re.fullmatch("[NWR][0-9]+", place) is not None)
        found = frame.iloc[0]
        if found.geometry.geom_type not in {"Polygon", "MultiPolygon"}:
            raise TypeError(found.geometry.geom_type)  # noqa: TRY301 - as OSMnx says it for a name
        _refuse_several(place, found, answers)
        full = str(found["display_name"])
        west, south, east, north = map(float, frame.total_bounds)
        name = str(found.get("name") or full.partition(",")[0])
        return FoundPlace(name, full, _id(found), (west, south, east, north))
    except requests.RequestException as error:
        raise connection_failure(error, host) from error
    except InsufficientResponseError as error:
        msg = f"{host} knows no place {place!r}: check the spelling, or add the region or country"
        raise NotThereError(msg) from error
    except TypeError as error:
        msg = f"{place!r} has no outline: name the town or commune, or give an extract to network build"
        raise InvalidInputError(msg) from error
    except (KeyError, AttributeError) as error:
        msg = f"{host} describes {place!r} in a way not understood ({error}): check NOMINATIM_URL"
        raise ServiceError(msg) from error


def _refuse_several(place: str, found: Any, answers: list[Mapping[str, Any]]) -> None:
    """Refuse a name that as important a place elsewhere bears; other outlines of the same town are none."""
    areas = [one for one in answers if one.get("geojson", {}).get("type") in {"Polygon", "MultiPolygon"}]
    rivals = [
        one
        for one in areas
        if float(one["importance"]) >= float(found["importance"]) - RIVAL_IMPORTANCE
        and not shapely.intersects(shapely.geometry.shape(one["geojson"]), found.geometry)
    ]
    if not rivals:
        return
    named = [f"{one['display_name']} ({_id(one)})" for one in [found, *rivals][:MOST_NAMED]]
    more = f" and {len(rivals) + 1 - MOST_NAMED} more" if len(rivals) >= MOST_NAMED else ""
    msg = f"{place!r} is the name of several places: {'; '.join(named)}{more}; give an id, or add the region"
    raise InvalidInputError(msg)


def _id(result: Any) -> str:
    return f"{str(result['osm_type'])[0].upper()}{result['osm_id']}"
