"""Directions as sentences: what to do, along what, how far.

A Polish street name cannot be inflected by rule ("w ul. Kolejową"), so a named
street stands after a colon as it does on its sign. Kinds of way are few and
known: they come as whole phrases, inflected in the catalogue.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.domain.itinerary import Instruction, Maneuver
from planner.words.formats import distance_text
from planner.words.translation import _, force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    "pedestrian": _("along a pedestrian street"),
    "corridor": _("along a corridor"),
    "platform": _("along the platform"),
    "motorway": _("along the motorway"),
    "slip road": _("along the slip road"),
    "roundabout": _("round the roundabout"),
    "link": _("straight on, off the mapped ways"),
    "ferry": _("by the ferry"),
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
    "pedestrian": _("into a pedestrian street"),
    "corridor": _("into a corridor"),
    "platform": _("onto the platform"),
    "motorway": _("onto the motorway"),
    "slip road": _("onto the slip road"),
    "roundabout": _("onto the roundabout"),
    "link": _("off the mapped ways"),
    "ferry": _("onto the ferry"),
}
_BY_STEPS = {"up": _("up the steps"), "down": _("down the steps")}
_STREET_IS_ALSO = {
    "steps": _("%(street)s (steps)"),
    "tunnel": _("%(street)s (tunnel)"),
    "bridge": _("%(street)s (bridge)"),
    "square": _("%(street)s (across the square)"),
    "ferry": _("%(street)s (ferry)"),
    "up": _("%(street)s (steps up)"),
    "down": _("%(street)s (steps down)"),
}
_STEPS_ON_THE_WAY = {
    "up": _("steps up on the way"),
    "down": _("steps down on the way"),
    "some": _("steps on the way"),
}
_THERE = {
    "": _("You are there"),
    "left": _("You are there: it is on the left"),
    "right": _("You are there: it is on the right"),
}
_STILL_TO_GO = {
    "": _("Your destination is %(distance)s off the mapped ways"),
    "left": _("Your destination is on the left, %(distance)s off the mapped ways"),
    "right": _("Your destination is on the right, %(distance)s off the mapped ways"),
}
_EXITS = (_("1st"), _("2nd"), _("3rd"), _("4th"), _("5th"), _("6th"), _("7th"), _("8th"))
_AT_LANDMARK = {
    "church": _("At the church (%(name)s)"),
    "castle": _("At the castle (%(name)s)"),
    "town_hall": _("At the town hall (%(name)s)"),
    "station": _("At the station (%(name)s)"),
    "monument": _("At the monument (%(name)s)"),
    "fountain": _("At the fountain (%(name)s)"),
    "worship": _("At the place of worship (%(name)s)"),
    "theatre": _("At the theatre (%(name)s)"),
    "cinema": _("At the cinema (%(name)s)"),
    "manor": _("At the manor house (%(name)s)"),
    "shrine": _("At the wayside shrine (%(name)s)"),
    "museum": _("At the museum (%(name)s)"),
    "school": _("At the school (%(name)s)"),
    "fire_station": _("At the fire station (%(name)s)"),
    "library": _("At the library (%(name)s)"),
    "supermarket": _("At the supermarket (%(name)s)"),
    "hotel": _("At the hotel (%(name)s)"),
    "bank": _("At the bank (%(name)s)"),
    "post_office": _("At the post office (%(name)s)"),
    "pharmacy": _("At the pharmacy (%(name)s)"),
    "kindergarten": _("At the kindergarten (%(name)s)"),
    "viewpoint": _("At the viewpoint (%(name)s)"),
    "hospital": _("At the hospital (%(name)s)"),
    "fuel": _("At the petrol station (%(name)s)"),
    "shop": _("At the shop (%(name)s)"),
    "restaurant": _("At the restaurant (%(name)s)"),
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
_PLATFORM_NUMBER = re.compile(r"\w{1,4}(?:[ /-]+\w{1,4})*")
_ROAD_NUMBER = re.compile(r"(?:(?:DK|DW)\s?)?((?:[A-Z]{1,3}\s?)?\d{1,4})")


def sentence(instruction: Instruction, language: str, *, country: str = "PL") -> str:
    """Return one line of directions in a language; needs an application context.

    `country` is the town's: only Polish street names get their "ul.".
    """
    with force_locale(language):
        if instruction.maneuver is Maneuver.ARRIVE:
            return _arrival(instruction, language, country)
        told = _at_landmark(instruction, _signed(instruction, _action(instruction, country)))
        if instruction.distance_m >= _SHORTEST_SAID_M:
            distance = distance_text(instruction.distance_m, language)
            told = gettext("%(action)s, %(distance)s", action=told, distance=distance)
        return "; ".join((told, *_on_the_way(instruction, country)))


def route_lines(steps: Sequence[Instruction], language: str, country: str) -> tuple[str, ...]:
    """Return steps as sentences; to be told that one is there, and no more, needs no directions."""
    if all(step.maneuver is Maneuver.ARRIVE for step in steps):
        return ()
    return tuple(sentence(step, language, country=country) for step in steps)


def _arrival(instruction: Instruction, language: str, country: str) -> str:
    if instruction.street:
        return _action(instruction, country)
    side = instruction.side if instruction.side in _THERE else ""
    if instruction.way != "link" or instruction.distance_m < _SHORTEST_SAID_M:
        return str(_THERE[side])
    return _STILL_TO_GO[side].fill(distance=distance_text(instruction.distance_m, language))


def _signed(instruction: Instruction, action: str) -> str:
    """An action with what its signs say."""
    if instruction.exit_ref:
        number, then = instruction.exit_ref, action[:1].lower() + action[1:]
        action = gettext("Take exit %(number)s: %(action)s", number=number, action=then)
    if instruction.towards:
        action = gettext("%(action)s towards %(places)s", action=action, places=instruction.towards)
    return action


def _at_landmark(instruction: Instruction, action: str) -> str:
    place = _AT_LANDMARK.get(instruction.landmark_kind)
    if place is None or not instruction.landmark:
        return action
    words = {"place": place.fill(name=instruction.landmark), "action": action[:1].lower() + action[1:]}
    return gettext("%(place)s, %(action)s", **words)


def _on_the_way(instruction: Instruction, country: str) -> list[str]:
    """What is met on a line before its end."""
    notes = []
    if instruction.way != "steps" and instruction.steps in _STEPS_ON_THE_WAY:
        notes.append(str(_STEPS_ON_THE_WAY[instruction.steps]))
    if road := street_text(instruction.crosses, country):
        notes.append(gettext("cross %(road)s on the way", road=road))
    return notes


def _action(instruction: Instruction, country: str) -> str:
    if instruction.way == "lift" or (instruction.way == "platform" and instruction.street):
        return gettext("Take the lift") if instruction.way == "lift" else _platform(instruction)
    street = _numbered(street_text(instruction.street, country), instruction.ref)
    way = instruction.way if instruction.way in _ALONG else "path"
    along, onto = _ALONG[way], _ONTO[way]
    if way == "steps" and instruction.steps in _BY_STEPS:
        along = onto = _BY_STEPS[instruction.steps]
        way = instruction.steps
    if street and way in _STREET_IS_ALSO:
        street = _STREET_IS_ALSO[way].fill(street=street)
    words = {"street": street, "along": str(along), "onto": str(onto)}
    if instruction.exit_number:
        return _exit(instruction.exit_number, words)
    if instruction.maneuver is Maneuver.DEPART and instruction.bearing_deg is not None:
        words["direction"] = _direction(instruction.bearing_deg)
        if way == "link":
            return gettext("Head %(direction)s to the nearest mapped way", **words)
        if street:
            return gettext("Head %(direction)s along %(street)s", **words)
        return gettext("Head %(direction)s %(along)s", **words)
    return (_INTO_STREET if street else _ONTO_WAY)[instruction.maneuver].fill(**words)


def _platform(instruction: Instruction) -> str:
    """The words for a platform by the number on its sign, or by its name."""
    told = " / ".join(part.strip() for part in re.split("[;,]", instruction.street))
    if _PLATFORM_NUMBER.fullmatch(told):
        words = {
            "along": gettext("along platform %(platform)s", platform=told),
            "onto": gettext("onto platform %(platform)s", platform=told),
        }
    else:
        words = dict.fromkeys(("along", "onto"), gettext("along the platform: %(name)s", name=told))
    if instruction.maneuver is Maneuver.DEPART and instruction.bearing_deg is not None:
        return gettext("Head %(direction)s %(along)s", direction=_direction(instruction.bearing_deg), **words)
    return _ONTO_WAY[instruction.maneuver].fill(**words)


def _exit(number: int, words: dict[str, str]) -> str:
    """The words for a roundabout left by its first, second, ... exit."""
    words["exit"] = str(_EXITS[number - 1]) if number <= len(_EXITS) else f"{number}."
    if words["street"]:
        return gettext("At the roundabout take the %(exit)s exit into %(street)s", **words)
    return gettext("At the roundabout take the %(exit)s exit %(onto)s", **words)


def _direction(bearing_deg: float) -> str:
    return str(_COMPASS[round(bearing_deg / 45) % 8])


def _numbered(street: str, ref: str) -> str:
    """A street with the number of the road that it is."""
    if not street or not ref:
        return street
    return gettext("%(street)s (road %(number)s)", street=street, number=_road_number(ref) or ref)


def _road_number(ref: str) -> str:
    """The number or numbers that a sign shows, '' for what is no road number."""
    matches = [_ROAD_NUMBER.fullmatch(part.strip()) for part in ref.split(";")]
    return ", ".join(match[1] for match in matches if match) if all(matches) else ""


def street_text(name: str, country: str = "PL") -> str:
    """Return a street's name as its sign has it: "ul. Kolejowa", "Rynek", "road 44"; '' has none."""
    name = name.strip()
    if not name:
        return ""
    if number := _road_number(name):
        return gettext("road %(number)s", number=number)
    if country != "PL" or _SAYS_WHAT_IT_IS.match(name):
        return name
    return f"ul. {name}"
