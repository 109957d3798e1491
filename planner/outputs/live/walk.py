"""The walk to where phones are called to: in words, and as a line for the map."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

import shapely

from planner.domain.clock import MINUTE_S
from planner.domain.geo import METRES_PER_DEGREE
from planner.outputs.live.names import PartyWords
from planner.services.live.walk_there import WalkThere, walk_there
from planner.words.formats import distance_text, minutes_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.geo import LonLat
    from planner.domain.live.events import LiveEvent
    from planner.services.live.state import LiveState, PartyState

THINNED_M = 2.0
"""A bend that is smaller than this is within the line's own breadth on a phone."""

DIGITS = 5
"""A metre."""


def walk_document(
    state: LiveState, party: PartyState | None, call: LiveEvent, language: str
) -> dict[str, Any] | None:
    """Return the walk of a party to where a call to meet leads, None where no way is known.

    Where all parties are shown at once it is None too: each comes from somewhere else.
    """
    walk = walk_there(state, party.name, call) if party else None
    if party is None or walk is None:
        return None
    minutes = ceil(walk.seconds / MINUTE_S)
    return {
        "text": _text(walk, minutes, PartyWords(state, party, language)),
        "minutes": minutes,
        "metres": round(walk.metres),
        "line": thinned(walk.line),
    }


def _text(walk: WalkThere, minutes: int, words: PartyWords) -> str:
    """How long and how far it is, from where if that has a name."""
    said = {
        "minutes": minutes_text(minutes, words.language),
        "distance": distance_text(walk.metres, words.language),
    }
    if not walk.here.place.name:
        return gettext("%(minutes)s on foot (%(distance)s)", **said)
    return gettext(
        "%(minutes)s on foot (%(distance)s) from %(place)s", place=words.name(walk.here.stop), **said
    )


def thinned(line: Sequence[LonLat]) -> list[LonLat]:
    """Return the positions of a line that the map needs."""
    kept = shapely.simplify(shapely.linestrings(line), THINNED_M / METRES_PER_DEGREE)
    return [(round(lon, DIGITS), round(lat, DIGITS)) for lon, lat in shapely.get_coordinates(kept).tolist()]
