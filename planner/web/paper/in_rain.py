"""The driver's sheet of a draft as it is once the guide switches the day to the rain version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import abort, request, url_for

from planner.domain.limits import LANGUAGES
from planner.domain.text import in_language
from planner.domain.weather.rain import has_rain_plan
from planner.outputs.sheets.build import SheetKind
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.outputs.sheets.items import SheetItem

RAIN = "rain"


def is_rain_asked(sheet: str) -> bool:
    """Whether the rain version of a sheet is asked for: other sheets than the driver's tell both at once."""
    return _is_drivers(sheet) and RAIN in request.args


def draft_versions(visit_id: int, item: SheetItem, content: ReleaseContent) -> list[tuple[str, str, bool]]:
    """Return both versions of a sheet of a draft as (name, address, is shown); none where it has only one."""
    if not _is_drivers(item.kind) or content.rain is None or not has_rain_plan(content.visit.days[item.day]):
        return []
    asked: dict[str, Any] = {"visit_id": visit_id, "sheet": item.kind, **item.query}
    dry, wet = url_for("paper.preview", **asked), url_for("paper.preview", **asked, rain=1)
    is_wet = is_rain_asked(item.kind)
    return [
        (gettext("The plan without rain"), dry, not is_wet),
        (gettext("The version for rain"), wet, is_wet),
    ]


def marked_rain(content: ReleaseContent) -> ReleaseContent:
    """Return the rain version of a draft, whose title says so: what is printed is not taken for the other."""
    wet = content.rain or abort(404)
    title = {}
    for language in LANGUAGES:
        with force_locale(language):
            told = in_language(content.visit.title, language)
            title[language] = f"{gettext('The version for rain')}: {told}"
    return replace(wet, visit=replace(wet.visit, title=title))


def _is_drivers(sheet: str) -> bool:
    return sheet.removesuffix(".pdf") == SheetKind.DRIVER
