"""Turns pieces of centre line into ways: class of road, roundabouts, the bypass. Points are (lon, lat)."""

from .facts import Street
from .join import crossings
from .model import Tags, Way
from .roundabouts import rings

BYPASS_WEST, BYPASS_EAST = 19.80, 19.82
"""Longitudes between which the pieces named 44 are the bypass; further west they are the old road."""
VILLAGES_SOUTH_OF = 49.957
"""Latitude south of which streets only share their names with the old main road."""
FORMER_44 = {"Krakowska", "Pokoju", "Rynek", "Adama Mickiewicza", "Józefa Piłsudskiego", "Szlachecka"}
MAIN = {"Tyniecka", "Korabnicka", "Mikołaja Kopernika", "Radziszowska", "Skawińska", "Zawodzie",
        "Kalwaryjska", "Księdza Jerzego Popiełuszki", "Skotnicka", "Generała Józefa Hallera",
        "Świętego Floriana", "Konstytucji 3 Maja", "Kazimierza Wielkiego"}  # fmt: skip
RESIDENTIAL = {"Sarnia", "Widokowa", "Szmaragdowa", "Akacjowa", "Kolejowa", "Władysława Sikorskiego",
               "Niepodległości", "Wojska Polskiego"}  # fmt: skip
LINES_ON_FORMER_44 = {"223", "235", "253", "283"}
SLIP_ROADS = ((19.8156, 49.9848), (19.8171, 49.9855))
UNKNOWN_CROSSING = "crossing of the railway: kind unknown"


def ways(streets: tuple[Street, ...]) -> list[Way]:
    """A way for every piece of street; the pieces of a roundabout are closed to a ring."""
    plain = [
        Way(tags(street), list(street.line), street.buses) for street in streets if not street.roundabout
    ]
    return plain + rings([street for street in streets if street.roundabout])


def tags(street: Street) -> Tags:
    """The tags of a piece: class, name or number, and who is kept off."""
    if is_bypass(street):
        return {"highway": "trunk", "ref": "44", "foot": "no", "bicycle": "no"}
    if is_slip_road(street):
        return {"highway": "trunk_link", "foot": "no", "bicycle": "no"}
    if street.name.isdigit():
        return {"highway": "primary" if street.name == "44" else "secondary", "ref": street.name}
    return {"highway": road_class(street), **({"name": street.name} if street.name else {})}


def is_bypass(street: Street) -> bool:
    """Whether the piece is part of the bypass of the town."""
    return street.name == "44" and BYPASS_WEST < street.line[0][0] < BYPASS_EAST


def is_slip_road(street: Street) -> bool:
    """Whether the piece, unnamed, links the bypass to its roundabout in Tyniecka."""
    (west, south), (east, north) = SLIP_ROADS
    return not street.name and all(west <= lon <= east and south <= lat <= north for lon, lat in street.line)


def road_class(street: Street) -> str:
    """The `highway` class of a named or unnamed piece."""
    if is_former_44(street):
        return "secondary"
    if street.name in MAIN or street.name == "Adama Mickiewicza":
        return "tertiary"
    if street.name in RESIDENTIAL:
        return "residential"
    return "unclassified"


def is_former_44(street: Street) -> bool:
    """Whether the piece lies on the old main road through the town and the villages west of it."""
    in_north = street.line[0][1] > VILLAGES_SOUTH_OF
    return street.name in FORMER_44 and in_north and bool(LINES_ON_FORMER_44 & set(street.buses))


def note_rail_crossings(found: list[Way], rails: list[Way]) -> None:
    """Say on every way that crosses a track that we do not know how."""
    for way in found:
        if any(next(crossings(way, rail), None) for rail in rails):
            way.tags["note"] = UNKNOWN_CROSSING
