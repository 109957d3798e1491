"""The files there are: how each is called, what it is for, and what writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.outputs.files.geojson import geojson_file
from planner.outputs.files.gpx import gpx_file
from planner.outputs.files.kml import kml_file
from planner.outputs.files.release import release_file
from planner.outputs.files.table import csv_file
from planner.words.translation import Later, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.outputs.files.calendar import CalendarFile
    from planner.outputs.files.content.plan import FilePlan


@dataclass(frozen=True)
class FileForm:
    """A form: the end of its files' names, its type, its name, and what one does with it."""

    suffix: str
    mimetype: str
    name: Later
    use: Later


CALENDAR, MAP, BUNDLE = "ics", "html", "zip"
FORMS: dict[str, FileForm] = {
    form.suffix: form
    for form in (
        FileForm(CALENDAR, "text/calendar", _("Calendar"), _("an event for each stop, with a reminder")),
        FileForm(MAP, "text/html", _("Map"), _("one file that opens in any browser, also with no signal")),
        FileForm("gpx", "application/gpx+xml", _("GPX"), _("for hiking apps and watches")),
        FileForm("kml", "application/vnd.google-earth.kml+xml", _("KML"), _("for Google Earth and My Maps")),
        FileForm("csv", "text/csv", _("Table"), _("for Excel and other spreadsheets")),
        FileForm("geojson", "application/geo+json", _("GeoJSON"), _("for map programs such as QGIS")),
        FileForm("json", "application/json", _("JSON"), _("the whole visit, for programs")),
        FileForm(BUNDLE, "application/zip", _("All in one"), _("all these files in a ZIP")),
    )
}
OF_PLANS: Mapping[str, Callable[[FilePlan], bytes]] = {
    "gpx": gpx_file,
    "kml": kml_file,
    "geojson": geojson_file,
    "csv": csv_file,
    "json": release_file,
}


def written(suffix: str, calendar: CalendarFile) -> bytes:
    """Return the file of a form, none of which is a map or packed; needs an application context."""
    return calendar.file() if suffix == CALENDAR else OF_PLANS[suffix](calendar.plan)


PLAIN = (CALENDAR, *OF_PLANS)
"""The forms that `written` writes."""
