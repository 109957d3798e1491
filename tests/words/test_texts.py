"""Warnings, directions, times and lengths as sentences, worked out by hand in both languages."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po

from planner.domain.clock import TownClock, moved_minutes
from planner.domain.itinerary import Instruction, Maneuver
from planner.domain.warnings.codes import (
    Alone,
    Breach,
    DrivingTime,
    EntryAt,
    GateWait,
    InterpreterAlone,
    OnCarriageway,
    OverCapacity,
    Warning,
    WarningCode,
    WayHoursUnread,
)
from planner.domain.warnings.severity import Tone, tone_of
from planner.paths import ROOT
from planner.streets.landmarks import LandmarkKind
from planner.streets.query.directions.lines import _WORDS, SPECIAL
from planner.words import directions as directions_text
from planner.words import formats
from planner.words.translation import force_locale
from planner.words.warnings import tell as warning_text
from tests.kit.translated_app import CATALOGUE, plain, translated_app
from tests.kit.warned import warned

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "pl")


@pytest.fixture(autouse=True)
def _app_context() -> Iterator[None]:
    with translated_app().app_context():
        yield


def warn(code: str, by_s: int | None = None, **params: str | int) -> Warning:
    return warned(WarningCode(code), by_s=by_s, params=params)


SPRING = {"source": "feed.zip", "from": "2026-03-25", "to": "2026-06-30"}
STOOD_IN_PL = (
    "Rozkład jest na okres 25 marca 2026 – 30 czerwca 2026: "
    "godziny jak 29 czerwca 2026, sprawdź przed wizytą."
)
SENTENCES = [
    (
        warn("no_service", reason="unknown", lines="S1, S2", stop="Skawina"),
        "No departures are known of S1, S2 at Skawina: ask the carrier.",
        "Nie są znane odjazdy: S1, S2, Skawina. Zapytaj przewoźnika.",
    ),
    (
        warn("no_service", reason="time", at="10:40"),
        "No bus or train from 10:40 on is known that would be quicker.",
        "Od 10:40 nie jest znany autobus ani pociąg, który byłby szybszy.",
    ),
    (
        warn("no_service", reason="day"),
        "No timetable covers this day: no bus or train can be offered.",
        "Żaden rozkład nie obejmuje tego dnia: nie można zaproponować autobusu ani pociągu.",
    ),
    (
        warn("no_service", reason="place"),
        "No stop of a bus or train is known within walking distance.",
        "W zasięgu marszu nie jest znany żaden przystanek autobusu ani stacja.",
    ),
    (
        warn("no_service"),
        "No timetable is known here: no bus or train can be offered.",
        "Nie jest tu znany żaden rozkład: nie można zaproponować autobusu ani pociągu.",
    ),
    (
        warn("service_estimated", line="213"),
        "Line 213 has no timetable here: its times are estimated.",
        "Linia 213 nie ma tu rozkładu: godziny są szacunkowe.",
    ),
    (
        warn("service_estimated", line="253", every_min=60),
        "Line 253 runs about every 60 min: its times are estimated.",
        "Linia 253 kursuje mniej więcej co 60 min: godziny są szacunkowe.",
    ),
    (warn("service_estimated"), "The times of the ride are estimated.", "Godziny przejazdu są szacunkowe."),
    (
        warned(WarningCode.TIMETABLE_OUTDATED, params=SPRING),
        "The timetable is of 25 March 2026 – 30 June 2026 and says nothing about this day.",
        "Rozkład jest na okres 25 marca 2026 – 30 czerwca 2026 i nie mówi nic o tym dniu.",
    ),
    (
        warned(WarningCode.TIMETABLE_OUTDATED, params={**SPRING, "like": "2026-06-29"}),
        "The timetable is of 25 March 2026 – 30 June 2026: times as on 29 June 2026, check before the visit.",
        STOOD_IN_PL,
    ),
    (
        warn("timetable_outdated"),
        "The timetable says nothing about this day: check before the visit.",
        "Rozkład nie mówi nic o tym dniu: sprawdź przed wizytą.",
    ),
    (
        warn("group_too_big_for_bus", line="253", room=30, group=45),
        "Line 253 has room for about 30: ask the carrier, or split the group.",
        "Linia 253 mieści około 30 osób: zapytaj przewoźnika albo podziel grupę.",
    ),
    (
        warn("group_too_big_for_bus", room=30),
        "Room for about 30 in a vehicle: ask the carrier, or split the group.",
        "W pojeździe mieści się około 30 osób: zapytaj przewoźnika albo podziel grupę.",
    ),
    (
        warn("group_too_big_for_bus"),
        "The group may not fit into one vehicle: ask the carrier, or split it.",
        "Grupa może się nie zmieścić w jednym pojeździe: zapytaj przewoźnika albo ją podziel.",
    ),
    (
        warn("on_request", line="253", stop="Jaśkowice"),
        "Jaśkowice is a stop on request: wave to get on, press the button to get off.",
        "Jaśkowice to przystanek na żądanie: wsiadając machnij ręką, wysiadając naciśnij przycisk.",
    ),
    (
        warn("closed", 1620, closes="11:00"),
        "Closes at 11:00, 27 min before the visit ends.",
        "Zamknięcie o 11:00, 27 min przed końcem wizyty.",
    ),
    (
        warn("closed", 1668, opens="10:00"),
        "Opens at 10:00, 28 min after the group arrives.",
        "Otwarcie o 10:00, 28 min po przyjściu grupy.",
    ),
    (
        warn("closed", opens="10:00", closes="11:00"),
        "Open only 10:00–11:00: the visit does not fit.",
        "Otwarte tylko 10:00–11:00: wizyta się nie mieści.",
    ),
    (
        warn("closed", 1620, kind="closes", at="10:52", closes="11:00", left_min=8, dwell_min=35),
        "There from 10:52, closes at 11:00: 8 min for a visit of 35 min.",
        "Na miejscu od 10:52, zamknięcie o 11:00: zostaje 8 min na wizytę, która trwa 35 min.",
    ),
    (
        warn("closed", 3300, kind="closes", at="11:20", closes="11:00", left_min=0, dwell_min=35),
        "Closed since 11:00: the group is there at 11:20.",
        "Zamknięte od 11:00: grupa jest na miejscu o 11:20.",
    ),
    (
        warn(
            "closed",
            1500,
            kind="closes",
            at="9:00",
            **{"from": "10:00"},
            closes="10:10",
            left_min=10,
            dwell_min=35,
        ),
        "Open 10:00–10:10 only: 10 min for a visit of 35 min.",
        "Otwarte tylko 10:00–10:10: 10 min na wizytę, która trwa 35 min.",
    ),
    (
        warn("closed", 720, kind="opens", at="08:48", opens="09:00", in_min=12, dwell_min=35),
        "Opens in 12 min, at 09:00: the group is there at 08:48.",
        "Otwarcie za 12 min, o 09:00: grupa jest na miejscu o 08:48.",
    ),
    (warn("closed", kind="none"), "Closed all day.", "Zamknięte przez cały dzień."),
    (
        warn("closed", kind="none", because="public_holiday"),
        "Closed that day: public holiday.",
        "Tego dnia zamknięte: święto.",
    ),
    (
        warn("closed", kind="none", because="school_holiday"),
        "Closed that day: school holidays.",
        "Tego dnia zamknięte: ferie szkolne.",
    ),
    (
        warn("hours_unknown", doubt="school_holidays"),
        "Open or closed by the school holidays, which are not known for this date: ask.",
        "Godziny zależą od ferii szkolnych, a ferii w tym czasie nikt nie podał: zapytaj.",
    ),
    (
        warn("hours_unknown", comment="only in season"),
        "Not sure to be open: “only in season”.",
        "Nie wiadomo, czy otwarte: „only in season”.",
    ),
    (warn("closed"), "Closed at the time of the visit.", "W czasie wizyty zamknięte."),
    (
        warn("late", 504, limit="12:00", kind="finish"),
        "9 min late: the day should end by 12:00.",
        "9 min spóźnienia: dzień ma się skończyć do 12:00.",
    ),
    (
        warn("late", 6000, limit="10:00", kind="fixed"),
        "1 hr 40 min late: the agreed time is 10:00.",
        "1 godz. 40 min spóźnienia: umówiona godzina to 10:00.",
    ),
    (warn("tight", 239), "Only 3 min to spare.", "Tylko 3 min zapasu."),
    (warn("tight", 239, limit="11:45"), "Only 3 min to spare before 11:45.", "Tylko 3 min zapasu do 11:45."),
    (warn("late", 0, limit="11:45", kind="window"), "Too late: the limit is 11:45.", None),
    (warn("precedence", after=3), "Should come after stop 3.", "Powinno być po przystanku 3."),
    (warn("tight", 0), "No time to spare.", "Bez zapasu czasu."),
    (warn("by_appointment", comment="ring first"), "By appointment only: ring first.", None),
    (warn("long_walk", metres=2640), "A long walk: 2.6 km.", "Długi marsz: 2,6 km."),
    (
        warn("far_from_streets", metres=184),
        "The nearest known way is 180 m off.",
        "Do najbliższej znanej drogi jest 180 m.",
    ),
    (
        warn("location_approximate", error_m=150, low_min=4, high_min=9),
        "The place is known to 150 m only: the way takes 4–9 min.",
        "Miejsce znane z dokładnością do 150 m: droga zajmie 4–9 min.",
    ),
    (
        warn("over_capacity", capacity=20, group=25),
        "Room for 20, the group has 25.",
        "Miejsc: 20, osób w grupie: 25.",
    ),
    (
        OverCapacity(capacity=20, group=45, parties=3),
        "Room for 20, the group has 45: split it into 3 parties that take turns.",
        "Miejsc: 20, osób w grupie: 45. Podziel ją na 3 podgrupy, które wejdą po kolei.",
    ),
    (
        OnCarriageway(metres=240, column_m=51, columns=2),
        (
            "240 m on the carriageway, without a pavement: keep to the right, at most 4 abreast and 50 "
            "m long. In fog not at all. In pairs the group is about 50 m long: walk in 2 columns, 100 m "
            "apart. Why: art. 12 of the Polish Road Traffic Act."
        ),
        (
            "240 m jezdnią bez chodnika: idźcie prawą stroną, najwyżej czwórkami, kolumna do 50 m. We "
            "mgle wcale. Dwójkami grupa ma około 50 m długości: liczba kolumn to 2, w odstępach po 100 m. "
            "Dlaczego: art. 12 Prawa o ruchu drogowym."
        ),
    ),
    (
        DrivingTime(breach=Breach.NO_BREAK, minutes=300, limit_min=270),
        (
            "The driver drives 5 hr without a break of 45 min, 4 hr 30 min are allowed: let the coach "
            "wait longer at a stop, at least 15 min each time. Why: Regulation (EC) No 561/2006, articles 6 "
            "to 8."
        ),
        None,
    ),
    (DrivingTime(), "The driver's day is too long. Why: Regulation (EC) No 561/2006, articles 6 to 8.", None),
    (
        InterpreterAlone(kind=Alone.AT_ONCE, minutes=75, limit_min=40),
        (
            "A talk of 75 min is too long for one interpreter, who works 40 min at most without relief: "
            "take a second one, or make a pause. Why: AIIC in Canada: alone 40 min at most, simultaneously "
            "or in a whisper."
        ),
        None,
    ),
    (
        InterpreterAlone(kind=Alone.IN_ALL, minutes=130, limit_min=120),
        (
            "The talks of this day take 2 hr 10 min in all: from 2 hr on take a second interpreter. Why: a "
            "rule of this program; AIIC (Professional Standards, article 6) asks for two interpreters in "
            "consecutive mode, for one in exceptional cases."
        ),
        None,
    ),
    (
        OnCarriageway(metres=240, column_m=21, dark=True),
        (
            "240 m on the carriageway, without a pavement: keep to the right, at most 4 abreast and 50 "
            "m long. In fog not at all. It is dark then: on the left the first one carries a white light and "
            "the last one a red one, seen from 150 m; children of up to 10 may not walk there. The column is "
            "longer than 20 m: those two wear reflectors, and on the left there is a white light every 10 m. "
            "Why: art. 12 of the Polish Road Traffic Act."
        ),
        None,
    ),
    (
        OnCarriageway(metres=240, column_m=20, dark=True),
        (
            "240 m on the carriageway, without a pavement: keep to the right, at most 4 abreast and 50 "
            "m long. In fog not at all. It is dark then: on the left the first one carries a white light and "
            "the last one a red one, seen from 150 m; children of up to 10 may not walk there. Why: art. 12 "
            "of the Polish Road Traffic Act."
        ),
        None,
    ),
    (
        warn("not_step_free", obstacle="steps", metres=241, lon="19.8", lat="49.9"),
        "No step-free way is known: steps after 240 m.",
        "Nie znamy drogi bez schodów i barier: po 240 m schody.",
    ),
    (
        warn("not_step_free", obstacle="kerb", metres=0),
        "No step-free way is known: a high kerb.",
        "Nie znamy drogi bez schodów i barier: wysoki krawężnik.",
    ),
    (
        GateWait(by_s=600, opens="06:00"),
        "Waiting on the way: a gate or path there opens at 06:00.",
        "Po drodze czekamy: brama lub ścieżka otwiera się o 06:00.",
    ),
    (
        EntryAt(by_s=4200, at="11:30"),
        "Entry at 11:30, at set times only: a wait of 70 min.",
        "Wejście o 11:30, tylko o stałych porach: 70 min czekania.",
    ),
    (EntryAt(at="11:30"), "Entry at 11:30, at set times only.", None),
    (
        WayHoursUnread(words="no @ wet"),
        "A way or gate here may be shut at times, the map says: no @ wet. Check before you go.",
        "Droga lub brama może tu być czasem zamknięta, mapa mówi: no @ wet. Sprawdźcie przed wyjściem.",
    ),
    (
        warn("off_main_network"),
        "The nearest way joins no other street: check on the spot how to get there.",
        None,
    ),
    (warn("precedence", name="Ratusz"), "Should come after: Ratusz.", "Powinno być po: Ratusz."),
    (
        warn("sketch_data", estimated_percent=18),
        "The street data is a sketch: 18% of it is unconfirmed.",
        "Dane o ulicach to szkic: 18% jest niepotwierdzone.",
    ),
]


@pytest.mark.parametrize(("warning", "english", "polish"), SENTENCES)
def test_a_warning_says_its_number(warning: Warning, english: str, polish: str | None) -> None:
    assert plain(warning_text.sentence(warning, "en")) == english
    if polish:
        assert plain(warning_text.sentence(warning, "pl")) == polish


@pytest.mark.parametrize("code", list(WarningCode))
def test_every_code_has_a_sentence_in_both_languages_whatever_its_parameters(code: WarningCode) -> None:
    odd: dict[str, str | int] = {
        "metres": "far",
        "capacity": "inf",
        "group": "",
        "low_min": "x",
        "odd": "<b>",
    }
    for params in ({}, odd):
        english, polish = (warning_text.sentence(warned(code, params=params), one) for one in LANGUAGES)
        assert english.endswith(".")
        assert polish.endswith(".")
        assert english != polish


def test_what_does_not_work_is_loud_and_what_is_only_unknown_is_quiet() -> None:
    loud = {code for code in WarningCode if tone_of(code) is Tone.FAIL}
    quiet = {code for code in WarningCode if tone_of(code) is Tone.NOTE}
    assert loud == {"closed", "late", "no_way", "not_step_free"}
    assert quiet == {
        *("hours_unknown", "location_approximate", "site_unconfirmed", "sketch_data"),
        *("service_estimated", "on_request", "clock_change", "gate_wait", "entry_at"),
    }


LINES = [
    (
        Instruction(Maneuver.LEFT, "5", 120, "platform"),
        "Turn left onto platform 5, 120 m",
        "Skręć w lewo na peron 5, 120 m",
    ),
    (
        Instruction(Maneuver.CONTINUE, "1;2", 80, "platform"),
        "Continue along platform 1 / 2, 80 m",
        "Dalej wzdłuż peronu 1 / 2, 80 m",
    ),
    (
        Instruction(Maneuver.DEPART, "Władysława Sikorskiego", 168, bearing_deg=130),
        "Head south-east along ul. Władysława Sikorskiego, 170 m",
        "Kieruj się na południowy wschód: ul. Władysława Sikorskiego, 170 m",
    ),
    (
        Instruction(Maneuver.LEFT, "Kolejowa", 120),
        "Turn left into ul. Kolejowa, 120 m",
        "Skręć w lewo: ul. Kolejowa, 120 m",
    ),
    (
        Instruction(Maneuver.SHARP_RIGHT, "Rondo Solidarności", 30),
        "Turn sharp right into Rondo Solidarności, 30 m",
        "Skręć ostro w prawo: Rondo Solidarności, 30 m",
    ),
    (
        Instruction(Maneuver.RIGHT, "", 1240, "park path"),
        "Turn right onto a park path, 1.2 km",
        "Skręć w prawo w alejkę parkową, 1,2 km",
    ),
    (
        Instruction(Maneuver.CONTINUE, "", 60, "tunnel"),
        "Continue through the tunnel, 60 m",
        "Dalej tunelem, 60 m",
    ),
    (
        Instruction(Maneuver.SLIGHT_LEFT, "Zamkowa", 14, "steps"),
        "Bear left into ul. Zamkowa (steps), 10 m",
        "Lekko w lewo: ul. Zamkowa (schody), 10 m",
    ),
    (
        Instruction(Maneuver.DEPART, "", 80, "path", bearing_deg=359),
        "Head north along a path, 80 m",
        "Kieruj się na północ ścieżką, 80 m",
    ),
    (
        Instruction(Maneuver.CONTINUE, "953", 90),
        "Continue along road 953, 90 m",
        "Dalej prosto: droga nr 953, 90 m",
    ),
    (Instruction(Maneuver.RIGHT, "Rynek", 4), "Turn right into Rynek", "Skręć w prawo: Rynek"),
    (Instruction(Maneuver.ARRIVE, "", 0), "You are there", "Jesteś na miejscu"),
    (
        Instruction(Maneuver.ARRIVE, "", 0, side="left"),
        "You are there: it is on the left",
        "Jesteś na miejscu: cel jest po lewej stronie",
    ),
    (
        Instruction(Maneuver.ARRIVE, "", 32, "link", side="right"),
        "Your destination is on the right, 30 m off the mapped ways",
        "Cel jest po prawej stronie, 30 m poza drogami z mapy",
    ),
    (
        Instruction(Maneuver.DEPART, "", 40, "link", bearing_deg=135),
        "Head south-east to the nearest mapped way, 40 m",
        "Kieruj się na południowy wschód do najbliższej drogi na mapie, 40 m",
    ),
    (
        Instruction(Maneuver.ARRIVE, "", 32, "link"),
        "Your destination is 30 m off the mapped ways",
        "Do celu jest 30 m poza drogami z mapy",
    ),
    (
        Instruction(Maneuver.LEFT, "", 24, "steps", steps="up"),
        "Turn left up the steps, 20 m",
        "Skręć w lewo schodami w górę, 20 m",
    ),
    (
        Instruction(Maneuver.CONTINUE, "Zamkowa", 24, "steps", steps="down"),
        "Continue along ul. Zamkowa (steps down), 20 m",
        "Dalej prosto: ul. Zamkowa (schody w dół), 20 m",
    ),
    (
        Instruction(Maneuver.CONTINUE, "Zamkowa", 240, steps="up", crosses="Krakowska"),
        "Continue along ul. Zamkowa, 240 m; steps up on the way; cross ul. Krakowska on the way",
        (
            "Dalej prosto: ul. Zamkowa, 240 m; po drodze schody w górę; "
            "po drodze przejdź na drugą stronę: ul. Krakowska"
        ),
    ),
    (
        Instruction(Maneuver.RIGHT, "Rynek", 60, "square"),
        "Turn right into Rynek (across the square), 60 m",
        "Skręć w prawo: Rynek (przez plac), 60 m",
    ),
    (
        Instruction(Maneuver.LEFT, "Mickiewicza", 90, landmark="św. Anny", landmark_kind="church"),
        "At the church (św. Anny), turn left into ul. Mickiewicza, 90 m",
        "Przy kościele (św. Anny) skręć w lewo: ul. Mickiewicza, 90 m",
    ),
    (Instruction(Maneuver.CONTINUE, "", 0, "lift"), "Take the lift", "Skorzystaj z windy"),
    (
        Instruction(Maneuver.RIGHT, "Krakowska", 1240, ref="44", exit_number=2),
        "At the roundabout take the 2nd exit into ul. Krakowska (road 44), 1.2 km",
        "Na rondzie drugi zjazd: ul. Krakowska (droga nr 44), 1,2 km",
    ),
    (
        Instruction(Maneuver.LEFT, "", 80, "service", exit_number=9),
        "At the roundabout take the 9. exit into a service road, 80 m",
        "Na rondzie 9. zjazd w drogę dojazdową, 80 m",
    ),
    (
        Instruction(Maneuver.CONTINUE, "", 300, "slip road"),
        "Continue along the slip road, 300 m",
        "Dalej łącznicą, 300 m",
    ),
    (
        Instruction(Maneuver.SLIGHT_RIGHT, "", 210, "slip road", towards="Kraków, Balice", exit_ref="12"),
        "Take exit 12: bear right onto the slip road towards Kraków, Balice, 210 m",
        "Zjazd 12: lekko w prawo na łącznicę, kierunek Kraków, Balice, 210 m",
    ),
    (
        Instruction(Maneuver.SLIGHT_RIGHT, "DK44;953", 300),
        "Bear right into road 44, 953, 300 m",
        "Lekko w prawo: droga nr 44, 953, 300 m",
    ),
]


@pytest.mark.parametrize(("instruction", "english", "polish"), LINES)
def test_directions_read_naturally(instruction: Instruction, english: str, polish: str) -> None:
    assert plain(directions_text.sentence(instruction, "en")) == english
    assert plain(directions_text.sentence(instruction, "pl")) == polish


@pytest.mark.dear
@pytest.mark.parametrize("way", [*directions_text._ALONG, "no such way"])
@pytest.mark.parametrize("maneuver", list(Maneuver))
def test_every_maneuver_has_a_sentence_on_every_kind_of_way(maneuver: Maneuver, way: str) -> None:
    for street in ("", "Kolejowa"):
        one = Instruction(maneuver, street, 100, way)
        english, polish = (directions_text.sentence(one, language) for language in LANGUAGES)
        assert english != polish
        assert "%" not in english + polish


@pytest.mark.parametrize("kind", list(LandmarkKind))
def test_every_kind_of_landmark_has_its_words(kind: LandmarkKind) -> None:
    one = Instruction(Maneuver.LEFT, "", 100, landmark="Anna", landmark_kind=kind.word)
    english, polish = (directions_text.sentence(one, language) for language in LANGUAGES)
    assert re.match(r"At the [a-z ]+ \(Anna\), turn left", english)
    assert re.match(r"Przy [a-zśćżółęą ]+ \(Anna\) skręć w lewo", polish)


def test_the_tables_of_ways_and_maneuvers_are_complete() -> None:
    told = {*_WORDS.values(), *SPECIAL, "slip road", "link"} - {"lift"}
    assert told <= set(directions_text._ALONG)
    assert {kind.word for kind in LandmarkKind} == set(directions_text._AT_LANDMARK)
    assert set(directions_text._INTO_STREET) == set(directions_text._ONTO_WAY) == set(Maneuver)
    assert set(directions_text._ALONG) == set(directions_text._ONTO)


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Kolejowa", "PL", "ul. Kolejowa"),
        ("Rynek Główny", "PL", "Rynek Główny"),
        ("Rynkowa", "PL", "ul. Rynkowa"),
        ("Plac Wolności", "PL", "Plac Wolności"),
        ("al. Jana Pawła II", "PL", "al. Jana Pawła II"),
        ("os. Ogrody", "PL", "os. Ogrody"),
        ("Parkowa", "PL", "ul. Parkowa"),
        ("ul. Długa", "PL", "ul. Długa"),
        ("44", "PL", "road 44"),
        ("DW953", "PL", "road 953"),
        ("A4", "PL", "road A4"),
        ("D 6007", "MC", "road D 6007"),
        ("3 Maja", "PL", "ul. 3 Maja"),
        ("Obere Landstraße", "AT", "Obere Landstraße"),
        (" ", "PL", ""),
    ],
)
def test_a_street_is_called_as_on_its_sign(name: str, country: str, expected: str) -> None:
    assert directions_text.street_text(name, country) == expected


@pytest.mark.parametrize(
    ("metres", "english", "polish"),
    [
        (0, "0 m", "0 m"),
        (3, "10 m", "10 m"),
        (434.9, "430 m", "430 m"),
        (994, "990 m", "990 m"),
        (996, "1 km", "1 km"),
        (1240, "1.2 km", "1,2 km"),
    ],
)
def test_lengths_are_rounded_to_what_a_walker_can_tell(metres: float, english: str, polish: str) -> None:
    assert plain(formats.distance_text(metres, "en")) == english
    assert plain(formats.distance_text(metres, "pl")) == polish


def test_minutes_and_dates_follow_the_language() -> None:
    day = dt.date(2026, 12, 2)
    assert plain(formats.minutes_text(89, "pl")) == "89 min"
    assert plain(formats.minutes_text(120, "pl")) == "2 godz."
    assert plain(formats.minutes_range_text(3, 8, "en")) == "3–8 min"
    assert formats.long_date(day, "en") == "Wednesday 2 December 2026"
    assert formats.long_date(day, "pl") == "środa, 2 grudnia 2026"
    assert formats.iso_date_text("2026-08-01T00:00:00Z", "pl") == "1 sierpnia 2026"
    assert formats.iso_date_text("unknown", "pl") == "unknown"
    assert formats.long_date(day, "xx-unknown") == formats.long_date(day, "en")


def test_a_moment_past_midnight_says_so() -> None:
    day = dt.date(2026, 12, 2)
    clock = TownClock("Europe/Helsinki")
    moment = formats.DayClock(clock, day).departure(clock.instant(day, "00:20+1"))
    assert plain(moment.text) == "00:20 +1"
    assert moment.iso == "2026-12-03T00:20:00+02:00"


def test_an_hour_that_comes_twice_says_which_is_meant() -> None:
    """In the night to 25 October 2026 the clock goes from 03:00 back to 02:00; in spring none comes twice."""
    day = dt.date(2026, 10, 24)
    clock = TownClock("Europe/Warsaw")
    shown = formats.DayClock(clock, day)
    first = clock.instant(day, "02:27+1")
    said = {at: shown.departure(first + at * 60) for at in (-28, -27, 0, 32, 33, 60, 92, 93)}
    told = {at: f"{moment.face} {' '.join(moment.marks)}" for at, moment in said.items()}
    assert told == {
        -28: "01:59 +1",
        -27: "02:00 +1 (first)",
        0: "02:27 +1 (first)",
        32: "02:59 +1 (first)",
        33: "02:00 +1 (second)",
        60: "02:27 +1 (second)",
        92: "02:59 +1 (second)",
        93: "03:00 +1",
    }
    assert plain(said[60].text) == "02:27 +1 (second)"
    with force_locale("pl"):
        assert plain(shown.departure(first).text) == "02:27 +1 (pierwsza)"
    spring = dt.date(2026, 3, 29)
    again = formats.DayClock(clock, spring)
    assert [again.departure(clock.instant(spring, time)).marks for time in ("01:59", "02:30", "03:00")] == [
        ()
    ] * 3


def test_arrivals_are_rounded_up_and_departures_down() -> None:
    """Also over midnight and over the hour that comes twice; minutes add up between what is shown."""
    day = dt.date(2026, 12, 2)
    clock = TownClock("Europe/Warsaw")
    shown = formats.DayClock(clock, day)
    nine = clock.instant(day, "09:00")
    assert [shown.departure(nine + s).text for s in (-1, 0, 1, 59)] == ["08:59", "09:00", "09:00", "09:00"]
    assert [shown.arrival(nine + s).text for s in (-1, 0, 1, 59)] == ["09:00", "09:00", "09:01", "09:01"]
    assert shown.arrival(nine + 1).iso == "2026-12-02T09:01:00+01:00"
    midnight = clock.instant(day, "00:00+1")
    assert plain(shown.arrival(midnight - 1).text) == "00:00 +1"
    assert moved_minutes(nine + 59, nine + 61) == 2
    assert formats.waited_minutes(nine + 1, nine + 180) == 2
    assert formats.waited_minutes(nine + 1, nine + 59) == 0


def test_times_of_day_are_written_in_one_place() -> None:
    """`%H` stands in the clock of the domain only: nobody else shows a time as it is not agreed."""
    sources = [*(ROOT / "planner").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    written = {path.relative_to(ROOT).as_posix() for path in sources if "%H" in path.read_text("utf-8")}
    assert written == {"planner/domain/clock.py"}


CALLS = re.compile(rf"\b({'|'.join(DEFAULT_KEYWORDS)})\b|trans\b")
"""What asks for a message, in the code and in templates."""


def messages_of_the_source() -> set[str]:
    """Every message that the code and the templates ask for, singulars only."""
    found = []
    for folder, pattern, method in (("planner", "*.py", "python"), ("templates", "*.html", "jinja2")):
        for file in (ROOT / folder).rglob(pattern):
            if CALLS.search(file.read_text(encoding="utf-8")):  # the others need not be taken to pieces
                found += list(extract_from_file(method, str(file)))
    return {one[1][0] if isinstance(one[1], tuple) else one[1] for one in found}


def texts(value: object) -> list[str]:
    """A message's forms, whether it has one or several."""
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value or "")]


def test_no_message_lacks_its_polish() -> None:
    with CATALOGUE.open("rb") as source:
        messages = [one for one in read_po(source, locale="pl") if one.id]
    polish = {texts(one.id)[0]: texts(one.string) for one in messages if not one.fuzzy}
    asked = messages_of_the_source()
    assert len(asked) > 100
    assert sorted(message for message in asked if not all(polish.get(message, [""]))) == []
    assert {len(texts(one.string)) for one in messages if one.pluralizable} == {3}
    assert [error for one in messages for error in one.check()] == []


def test_a_service_without_a_timetable_is_good_to_know_and_no_fault() -> None:
    assert warning_text.notice(warn("no_service", lines="S1"), "en").tone == "note"
    assert warning_text.notice(warn("no_service", reason="day"), "en").tone == "warn"
