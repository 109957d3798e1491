"""All files of a visit in one ZIP: the same files give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.outputs.files.content.plan import FilePlan

READ_ME = "README.txt"
FIRST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""ZIP knows no earlier time."""


def bundle_file(plan: FilePlan, files: Mapping[str, bytes]) -> bytes:
    """Return files by their names in one; what they rest on stands in a file beside them."""
    published = max(dt.datetime.fromtimestamp(plan.published, dt.UTC), FIRST)
    stamp = (*published.timetuple()[:5], 0)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as bundle:
        for name, data in {READ_ME: _read_me(plan), **files}.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, data)
    return packed.getvalue()


def _read_me(plan: FilePlan) -> bytes:
    with force_locale(plan.language):
        newest = gettext("On the day the page behind the link counts: these files stay as they are.")
        lines = (plan.title, plan.version, newest, *_versions(plan), *plan.rests.lines, "")
    return "\r\n".join(lines).encode("utf-8-sig")


def _versions(plan: FilePlan) -> Iterator[str]:
    """What is told of days that go otherwise if it rains."""
    for day in plan.days:
        if day.version:
            yield f"{day.label}: {day.version}"
        if day.rain:
            yield gettext(
                "%(day)s: if it rains, the day goes otherwise. The map of that version is a file of its own; "
                "the calendar does not have it; in the other files it stands beside the day, and says so. "
                "The guide says whether it is in force.",
                day=day.label,
            )
