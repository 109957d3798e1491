"""Services that exist but whose times nobody has given us, so that the answer can name them."""

from data.make_skawina.facts import Shape

STOP_SCK = {"name": "Skawina SCK", "at": [19.82158, 49.9765]}
"""The only stop of the municipal lines that the facts name."""


def services(stations: tuple[Shape, ...]) -> dict[str, object]:
    """The municipal lines and the trains; `at` is (longitude, latitude)."""
    trains = [
        {"name": shape.name, "at": list(shape.line[0]), "railway_lines": shape.kind.split()}
        for shape in stations
    ]
    return {
        "about": "Services without a known timetable. Source: gminaskawina.pl; operators' lists, 2019.",
        "services": [
            {
                "lines": ["S"],
                "name": "Skawińska Komunikacja Gminna (S)",
                "mode": "bus",
                "stops": [STOP_SCK],
            },
            {"lines": ["SKA"], "name": "SKA", "mode": "rail", "stops": trains},
        ],
    }
