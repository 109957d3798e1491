"""Directions as sentences: what to do, along what, how far.

A Polish street name cannot be inflected by rule ("w ul. Kolejową"), so a named
street stands after a colon as it does on its sign. Kinds of way are few and
known: they come as whole phrases, inflected in the catalogue.
"""

from __future__ import annotations

import re

from planner.domain.itinerary import Instruction, Maneuver
from planner.outputs.formats import distance_text
from planner.outputs.translation import _, force_locale, gettext

_SHORTEST_SAID_M = 5.0

_INTO_STREET = {
    Maneuver.CONTINUE: _("Continue along %(street)s"),
    Maneuver.SLIGHT_LEFT: _("Bear left into %(street)s"),
    Maneuver.LEFT: _("Turn left into %(street)s"),
    Maneuver.SHARP_LEFT: _("Turn sharp left into %(street)s"),
    Maneuver.SLIGHT_RIGHT: _("Bear right into %(street)s"),
    Maneuver.RIGHT: _("Turn right into %(street)s"),
    Maneuver.SHARP_RIGHT: _("Turn sharp right into %(street)s"),
    Maneuver.TURN_BACK: _("Turn back along %(street)s"),
    Maneuver.DEPART: _("Start along %(street)s"),
    Maneuver.ARRIVE: _("You are there: %(street)s"),
}
_ONTO_WAY = {
    Maneuver.CONTINUE: _("Continue %(along)s"),
    Maneuver.SLIGHT_LEFT: _("Bear left %(onto)s"),
    Maneuver.LEFT: _("Turn left %(onto)s"),
    Maneuver.SHARP_LEFT: _("Turn sharp left %(onto)s"),
    Maneuver.SLIGHT_RIGHT: _("Bear right %(onto)s"),
    Maneuver.RIGHT: _("Turn right %(onto)s"),
    Maneuver.SHARP_RIGHT: _("Turn sharp right %(onto)s"),
    Maneuver.TURN_BACK: _("Turn back %(along)s"),
    Maneuver.DEPART: _("Start %(along)s"),
    Maneuver.ARRIVE: _("You are there"),
}
_ALONG = {
    "street": _("along a street without a name"),
    "path": _("along a path"),
    "footway": _("along a footway"),
    "steps": _("by the steps"),
    "tunnel": _("through the tunnel"),
    "bridge": _("over the bridge"),
    "crossing": _("over the crossing"),
    "square": _("across the square"),
    "park path": _("along a park path"),
    "service": _("along a service road"),
    "link": _("straight on, off the mapped ways"),
}
_ONTO = {
    "street": _("into a street without a name"),
    "path": _("onto a path"),
    "footway": _("onto a footway"),
    "steps": _("onto the steps"),
    "tunnel": _("into the tunnel"),
    "bridge": _("onto the bridge"),
    "crossing": _("at the crossing"),
    "square": _("onto the square"),
    "park path": _("onto a park path"),
    "service": _("into a service road"),
    "link": _("off the mapped ways"),
}
_STREET_IS_ALSO = {
    "steps": _("%(street)s (steps)"),
    "tunnel": _("%(street)s (tunnel)"),
    "bridge": _("%(street)s (bridge)"),
}
_COMPASS = (
    _("north"),
    _("north-east"),
    _("east"),
    _("south-east"),
    _("south"),
    _("south-west"),
    _("west"),
    _("north-west"),
)
_SAYS_WHAT_IT_IS = re.compile(
    r"(rondo|rynek|plac|pl\.|aleja|aleje|al\.|os\.|osiedle|ul\.|ulica|park|planty|skwer|bulwary?|błonia|"
    r"deptak|pasaż|most|kładka|wiadukt|tunel|ścieżka|droga|trakt|szlak|obwodnica)(\s|$)",
    re.IGNORECASE,
)
_ROAD_NUMBER = re.compile(r"(DK|DW)?\s?(\d{1,4}|[ASE]\d{1,3})")


def sentence(instruction: Instruction, language: str, *, country: str = "PL") -> str:
    """Return one line of directions in a language; needs an application context.

    `country` is the town's: only Polish street names get their "ul.".
    """
    with force_locale(language):
        action = _action(instruction, country)
        if instruction.maneuver is Maneuver.ARRIVE or instruction.distance_m < _SHORTEST_SAID_M:
            return action
        return gettext(
            "%(action)s, %(distance)s",
            action=action,
            distance=distance_text(instruction.distance_m, language),
        )


def _action(instruction: Instruction, country: str) -> str:
    street = street_text(instruction.street, country)
    way = instruction.way if instruction.way in _ALONG else "path"
    if street and way in _STREET_IS_ALSO:
        street = _STREET_IS_ALSO[way].fill(street=street)
    words = {"street": street, "along": str(_ALONG[way]), "onto": str(_ONTO[way])}
    if instruction.maneuver is Maneuver.DEPART and instruction.bearing_deg is not None:
        words["direction"] = _direction(instruction.bearing_deg)
        if street:
            return gettext("Head %(direction)s along %(street)s", **words)
        return gettext("Head %(direction)s %(along)s", **words)
    return (_INTO_STREET if street else _ONTO_WAY)[instruction.maneuver].fill(**words)


def _direction(bearing_deg: float) -> str:
    return str(_COMPASS[round(bearing_deg / 45) % 8])


def street_text(name: str, country: str = "PL") -> str:
    """Return a street's name as its sign has it: "ul. Kolejowa", "Rynek", "road 44"; '' has none."""
    name = name.strip()
    if not name:
        return ""
    if number := _ROAD_NUMBER.fullmatch(name):
        return gettext("road %(number)s", number=number[2])
    if country != "PL" or _SAYS_WHAT_IT_IS.match(name):
        return name
    return f"ul. {name}"
