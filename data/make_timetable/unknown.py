"""Services that exist but whose times nobody has given us, so that the answer can name them."""

from data.make_skawina.facts import Shape

STOP_SCK = {"name": "Skawina SCK", "at": [19.82158, 49.9765]}
"""The only stop of the municipal lines that the facts name."""


def services(stations: tuple[Shape, ...]) -> dict[str, object]:
    """The municipal lines and the trains; `at` is (longitude, latitude).

    `lines` is a pattern for the names that they have in a feed, so that they are known once one is imported.
    """
    return {
        "about": "Services without a known timetable. Sources: gminaskawina.pl; operators' lists, 2019.",
        "services": [
            {
                "name": "Skawińska Komunikacja Gminna (S)",
                "mode": "bus",
                "lines": r"S\d*",
                "stops": [STOP_SCK],
            },
            {
                "name": "SKA",
                "mode": "rail",
                "lines": ".*",
                "stops": [{"name": shape.name, "at": list(shape.line[0])} for shape in stations],
            },
        ],
    }
