"""What a map of a visit shows, as plain data: the same for the screen, for paper and for a live update."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

from planner.domain.geo import LonLat
from planner.domain.visits import DEFAULT_PACE_KMH
from planner.outputs.look import LegMode, PartyLook, StopTone
from planner.outputs.maps.ground import Ground
from planner.streets.query.layers import Bounds

POSITION_DIGITS = 6


@dataclass(frozen=True)
class MapStop:
    """A numbered stop; `lines` are the further lines of its popup, all plain text.

    One that is held `here`, a meal without a place, is no site: it is where the group happens to be.
    """

    number: int | str
    name: str
    at: LonLat
    times: str = ""
    lines: tuple[str, ...] = ()
    tone: StopTone = "ok"
    approximate_m: float | None = None
    here: bool = False
    is_meal: bool = False


@dataclass(frozen=True)
class MapEnd:
    """Where the day begins or ends, or both; `label` says so with time and name, as plain text."""

    role: Literal["start", "end", "both"]
    at: LonLat
    label: str


@dataclass(frozen=True)
class MapLeg:
    """A piece of the way in one look; a leg with an estimated part is given as several pieces.

    `lanes` say where it lies beside another way on the same street (lanes.py).
    """

    index: int
    mode: LegMode
    geometry: tuple[LonLat, ...]
    is_estimated: bool = False
    label: str = ""
    party: PartyLook | None = None
    lanes: tuple[tuple[int, int, float], ...] = ()


@dataclass(frozen=True)
class MapHalt:
    """A stop where the group gets on or off; `label` has its minute and name, as plain text."""

    at: LonLat
    label: str


@dataclass(frozen=True)
class MapContent:
    """All that a map shows, as plain data. `more_credit` are the sources beside the map's own.

    `unplaced` are the stops that are not on the map, by number and name: no way is drawn to them.
    `pace_kmh` is the group's, for what five minutes are on paper. `surroundings` gives the ground when it
    is drawn: an answer to an edit draws none.
    """

    stops: tuple[MapStop, ...]
    legs: tuple[MapLeg, ...]
    surroundings: Callable[[], Ground]
    bounds: Bounds
    credit_text: str
    credit_url: str
    language: str = "en"
    labels: Mapping[str, str] = field(default_factory=dict)
    halts: tuple[MapHalt, ...] = ()
    more_credit: str = ""
    ends: tuple[MapEnd, ...] = ()
    unplaced: tuple[str, ...] = ()
    pace_kmh: float = DEFAULT_PACE_KMH

    @cached_property
    def ground(self) -> Ground:
        """What of the town is drawn."""
        return self.surroundings()


def bounds_of(stops: Iterable[MapStop], legs: Iterable[MapLeg]) -> Bounds:
    """The box around all stops and the whole way."""
    return box_of([stop.at for stop in stops] + [at for leg in legs for at in leg.geometry])


def box_of(positions: Sequence[LonLat]) -> Bounds:
    """The box around positions."""
    lons, lats = [lon for lon, _ in positions], [lat for _, lat in positions]
    return min(lons), min(lats), max(lons), max(lats)


def visit_state(
    stops: Iterable[MapStop],
    legs: Iterable[MapLeg],
    halts: Iterable[MapHalt] = (),
    ends: Iterable[MapEnd] = (),
) -> dict[str, Any]:
    """Stops, legs, halts and ends in the JSON shape that `visitMap.update` takes."""
    return {
        "stops": [{**asdict(stop), "at": rounded(stop.at)} for stop in stops],
        "legs": [{**asdict(leg), "geometry": [rounded(at) for at in leg.geometry]} for leg in legs],
        "halts": [{"at": rounded(halt.at), "label": halt.label} for halt in halts],
        "ends": [{"role": end.role, "at": rounded(end.at), "label": end.label} for end in ends],
    }


def rounded(at: LonLat) -> LonLat:
    """The position to a tenth of a metre."""
    return round(at[0], POSITION_DIGITS), round(at[1], POSITION_DIGITS)
