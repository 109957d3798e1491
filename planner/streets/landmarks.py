"""The kinds of landmarks, the ones that a stranger sees first in front."""

from __future__ import annotations

from enum import IntEnum


class LandmarkKind(IntEnum):
    """What a named thing beside the street is. A smaller number is preferred where two are near."""

    CHURCH = 0
    CASTLE = 1
    TOWN_HALL = 2
    STATION = 3
    MONUMENT = 4
    FOUNTAIN = 5
    WORSHIP = 6
    THEATRE = 7
    CINEMA = 8
    MUSEUM = 9
    MANOR = 10
    SCHOOL = 11
    FIRE_STATION = 12
    LIBRARY = 13
    SUPERMARKET = 14
    HOTEL = 15
    SHRINE = 16
    BANK = 17
    POST_OFFICE = 18
    PHARMACY = 19
    KINDERGARTEN = 20
    HOSPITAL = 21
    FUEL = 22
    VIEWPOINT = 23
    SHOP = 24
    RESTAURANT = 25

    @property
    def word(self) -> str:
        """The kind as it stands in directions and in the API's answers."""
        return self.name.lower()
