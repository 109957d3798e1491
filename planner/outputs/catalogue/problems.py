"""What is wrong with a catalogue entry, in words that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.words.refusals import field_text
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from planner.services.catalogue.reading.file import ReadFile, ReadRow
    from planner.services.catalogue.rules import Problem

WORDS = {
    "archived_id": _("%(id)s is an archived site: restore it first, or give another id"),
    "bad_date": _("“%(value)s” is not a date: write it as 2026-11-23"),
    "bad_email": _("this is not an e-mail address"),
    "bad_hours": _("“%(value)s” is not in the opening_hours syntax: try Mo-Fr 08:00-16:00; PH off"),
    "bad_id": _("an id has only a-z, 0-9 and single hyphens, 80 characters at most"),
    "bad_language": _("“%(value)s” is not a language code such as pl or en"),
    "broken_csv": _("row %(row)s cannot be taken apart: is a quotation mark missing?"),
    "broken_rows": _("a file with broken rows is not stored"),
    "choice": _("write one of: %(allowed)s"),
    "column_twice": _("two columns would be the same: %(columns)s"),
    "date_for_claim": _("what is called confirmed needs the date on which it was confirmed"),
    "empty_file": _("the file is empty"),
    "future_date": _("this day has not come yet"),
    "half_position": _("a position needs latitude and longitude"),
    "invalid": _("this does not fit: %(reason)s"),
    "more_cells": _("the row has %(cells)s cells, more than there are columns: is a quotation mark missing?"),
    "name_taken": _(
        "this name’s id, %(id)s, is taken: to change that site write it as the id, else give another"
    ),
    "no_encoding": _("the text is neither UTF-8 nor cp1250 (Central European): save it as CSV UTF-8"),
    "no_geojson": _("this is not a GeoJSON FeatureCollection in UTF-8"),
    "no_header": _("the first row must name the columns; none of them is id or a name"),
    "no_position": _("without a position leave this empty"),
    "no_position_on_earth": _(
        "latitudes go to 90 degrees, longitudes to 180; metres of another grid: save as WGS 84 (EPSG:4326)"
    ),
    "no_places": _("this is no KML or GPX file with places"),
    "open_quote": _("row %(row)s has a quotation mark that is never closed: the rows after it would be lost"),
    "packed": _("this packed or old form is not read (XLSX and KMZ are): save it as XLSX or CSV UTF-8"),
    "broken_packed": _("the file is broken or locked with a password: open it, save it anew as XLSX"),
    "too_large_unpacked": _("unpacked the file is larger than %(limit)s MB, too large for a list of sites"),
    "too_many_cells": _(
        "the sheet reaches to row %(row)s or too far to the right: delete what stands there; "
        "at most %(limit)s rows are read"
    ),
    "not_a_feature": _("this is not a GeoJSON feature with properties"),
    "not_a_point": _("the geometry must be a point or null"),
    "not_a_position": _("write a position as 49.97548, 19.82609"),
    "not_number": _("“%(value)s” is not a number"),
    "not_of_form": _("this is not in the form of our export"),
    "not_whole": _("“%(value)s” is not a whole number"),
    "outside": _(
        "this lies more than 2 km outside %(town)s, which reaches from %(south)s to %(north)s north "
        "and from %(west)s to %(east)s east"
    ),
    "over_dwell": _("the shortest stay cannot be longer than the usual one, %(dwell)s min"),
    "position_given": _("there is a position, so say how well it is known: exact, near or area"),
    "range": _("write a number from %(low)s to %(high)s"),
    "required": _("this must not be empty"),
    "swapped": _("latitude and longitude look swapped"),
    "theme_marks": _("“%(value)s”: a theme has no comma and no semicolon"),
    "too_long": _("%(length)s characters are too many: %(limit)s is the limit"),
    "too_many": _("these are too many: %(limit)s is the limit"),
    "too_many_rows": _("%(rows)s rows are too many at once: the limit is %(limit)s"),
    "twice": _("the id %(id)s is already in row %(row)s"),
    "unshowable": _("there is a character that cannot be shown: %(mark)s"),
}


def problem_text(problem: Problem) -> str:
    """A problem in the language in force."""
    words = dict(problem.params)
    if "kind" in words:
        words["reason"] = field_text(words["kind"], {}, words["reason"])
    return WORDS[problem.code].fill(**words)


def problem_line(problem: Problem) -> str:
    """A problem with its column, by the name that stands in the file."""
    text = problem_text(problem)
    return (
        gettext("column %(column)s: %(text)s", column=problem.column, text=text) if problem.column else text
    )


def row_label(file: ReadFile, row: ReadRow) -> str:
    """A row as people find it again in their file."""
    if file.form in {"csv", "xlsx"}:
        return gettext("Row %(number)s", number=row.number)
    return gettext("Feature %(number)s", number=row.number)


def form_line(file: ReadFile) -> str:
    """What a file was read as: its form, and its encoding or sheet."""
    if file.form == "geojson":
        return "GeoJSON"
    if file.form == "xlsx":
        return gettext("XLSX, sheet “%(sheet)s”", sheet=file.encoding)
    return f"CSV, {file.encoding}" if file.form == "csv" else file.form.upper()
