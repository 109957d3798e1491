"""What files are called, with letters of every language: on disk, in a ZIP, and in a header of HTTP."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

from planner.outputs.files.content.text import one_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.outputs.files.content.plan import FilePlan

LONGEST = 80
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%;\x00-\x1f\x7f]+')
_OWN = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "–": "-", "—": "-"}
)
_UNSAFE = re.compile(r"[^A-Za-z0-9 ._()-]+")


def file_name(plan: FilePlan, suffix: str) -> str:
    """Return the name of a file: the visit's title, its dates, the party."""
    return f"{name_of(plan.title, [day.date for day in plan.days], plan.party)}.{suffix}"


def name_of(title: str, days: Sequence[dt.date], party: str) -> str:
    """Return the name of a file, without its end."""
    first, last = days[0].isoformat(), days[-1].isoformat()
    dates = first if first == last else f"{first} – {last}"
    told = _shown(title)[:LONGEST].strip(" .") or "visit"
    return " ".join(text for text in (told, dates, _shown(party)[:LONGEST].strip(" .")) if text)


def plain_name(name: str) -> str:
    """Return a name in ASCII, for programs that know no other; one without such letters keeps its dates."""
    apart = unicodedata.normalize("NFKD", name.translate(_OWN))
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return one_line(_UNSAFE.sub(" ", letters)).replace(" .", ".").lstrip(" .-") or "visit"


def disposition(name: str) -> str:
    """Return the Content-Disposition of a file to be saved (RFC 6266): its name in ASCII, and as it is."""
    return f"attachment; filename=\"{plain_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shown(text: str) -> str:
    """Return a text without what a disk forbids, and without letters that only turn the others around."""
    return one_line("".join(one for one in _FORBIDDEN.sub(" ", text) if unicodedata.category(one) != "Cf"))
