"""What columns and properties of other tools and tables are called here: "Nazwa" is name_pl."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.services.catalogue.record import COLUMNS, is_column
from planner.services.catalogue.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

POSITION = "position"
"""A column with both coordinates in one cell."""

NAMING = frozenset({"id", "name_pl", "name_en"})
"""One of these must be there."""

MAPPABLE = (*COLUMNS, POSITION)
"""What a column of a file can be read as."""

_ALIASES = {
    "name_pl": "name nazwa title tytul nazwa_obiektu nazwa_miejsca obiekt location_name business_name",
    "name_en": "nazwa_en name_eng nazwa_angielska",
    "summary_pl": "summary streszczenie skrot",
    "description_pl": "description desc opis opis_pl",
    "description_en": "opis_en",
    "notes_pl": "notes uwagi notatki note",
    "address": "adres addr addr_full location_address ulica",
    "lat": "latitude szerokosc szer szerokosc_geograficzna szerokosc_geogr szer_geogr lat_n wgs84_n n y",
    "lon": "longitude lng long dlugosc dl dlugosc_geograficzna dlugosc_geogr dl_geogr lon_e wgs84_e e x",
    POSITION: "position wspolrzedne pozycja polozenie gps coordinates coords lokalizacja_gps wspolrzedne_gps",
    "opening_hours": "godziny godziny_otwarcia otwarte hours",
    "dwell_min": "czas czas_zwiedzania czas_min minuty dwell",
    "capacity": "pojemnosc liczba_osob osob miejsca",
    "themes": "tematy temat kategoria kategorie category categories theme",
    "host_name": "kontakt osoba_kontaktowa gospodarz contact",
    "host_phone": "telefon tel phone contact_phone",
    "host_email": "email e_mail mail contact_email",
    "sources": "zrodlo zrodla source google_maps_url url",
    "licence": "licencja license",
    "toilets": "toalety toaleta toilet wc",
    "water": "woda woda_pitna drinking_water",
    "seats": "lawki siedzenia miejsca_siedzace bench benches",
    "ticket": "bilet bilety fee",
    "ticket_price": "cena_biletu charge",
    "ticket_where": "gdzie_kupic_bilet",
}
_COLUMN = {alias: column for column, aliases in _ALIASES.items() for alias in aliases.split()}
_MARKS = re.compile(r"[^a-z0-9]+")


def is_mappable(name: str) -> bool:
    """Whether a column can be read as this."""
    return name == POSITION or is_column(name)


def columns_of(names: Sequence[str]) -> list[str]:
    """The column that each name stands for, '' where it means nothing; our own names come first."""
    plain = [name.strip().casefold() for name in names]
    taken = {name for name in plain if is_column(name)}
    columns: list[str] = []
    for name in plain:
        column = name if is_column(name) else _COLUMN.get(_MARKS.sub("_", fold(name)).strip("_"), "")
        if column != name and column in taken:
            column = ""
        taken |= {column}
        columns.append(column)
    return columns
