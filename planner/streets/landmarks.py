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
    MUSEUM = 8
    SCHOOL = 9
    FIRE_STATION = 10
    LIBRARY = 11
    SUPERMARKET = 12
    HOTEL = 13
    BANK = 14
    POST_OFFICE = 15
    PHARMACY = 16
    KINDERGARTEN = 17
    VIEWPOINT = 18
    HOSPITAL = 19
    FUEL = 20
    SHOP = 21
    RESTAURANT = 22

    @property
    def word(self) -> str:
        """The kind as it stands in directions and in the API's answers."""
        return self.name.lower()
