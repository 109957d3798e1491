"""The sample visit of the tests: one morning on foot whose times and words they hold."""

from __future__ import annotations

from datetime import date

from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, StopKind, Visit

STATION = PlaceRef(site="dworzec-biblioteka")


def plain_sample(day: date = date(2001, 1, 1)) -> Visit:
    """A morning on foot: interchange, museum, talk at the Town Hall, park, graduation tower."""
    return Visit(
        title={"pl": "Skawina: od dworca do parku", "en": "Skawina: from the station to the park"},
        group_size=20,
        meeting_point={
            "pl": "Dworzec PKP Skawina, wejście od ul. Sikorskiego",
            "en": "Skawina railway station, entrance from ul. Sikorskiego",
        },
        days=(
            Day(
                date=day,
                start=DayStart(STATION, "09:00"),
                end=DayEnd(STATION, latest="13:00"),
                stops=(
                    _stop("sck-pr", 20),
                    _stop("muzeum", 35),
                    _stop(
                        "ratusz",
                        50,
                        fixed="10:30",
                        note={
                            "pl": "Rozmowa i pytania w sali posiedzeń na 2. piętrze.",
                            "en": "Talk and questions in the council chamber on the 2nd floor.",
                        },
                    ),
                    _stop("park-miejski", 20),
                    _stop("teznia", 10),
                ),
            ),
        ),
    )


def _stop(site: str, dwell_min: int, *, fixed: str | None = None, note: dict[str, str] | None = None) -> Stop:
    return Stop(
        id=site,
        kind=StopKind.SITE,
        place=PlaceRef(site=site),
        dwell_min=dwell_min,
        min_dwell_min=max(5, dwell_min // 2),
        fixed=fixed,
        note=note or {},
    )
