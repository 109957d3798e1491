"""Who comes, in words: "2 wheelchair users, 1 assistance dog; 3 vegetarian"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.attendees.counts import DIETS, ON_THE_WAY, SPOKEN, AttendeeKind
from planner.words.formats import language_name
from planner.words.translation import _, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.domain.attendees.counts import Attendees

_COUNTED: dict[AttendeeKind, Callable[[int], str]] = {
    AttendeeKind.WHEELCHAIR: lambda n: ngettext("%(num)s wheelchair user", "%(num)s wheelchair users", n),
    AttendeeKind.SLOW: lambda n: ngettext("%(num)s slow walker", "%(num)s slow walkers", n),
    AttendeeKind.HEARING_LOOP: lambda n: ngettext(
        "%(num)s person needs a hearing loop", "%(num)s people need a hearing loop", n
    ),
    AttendeeKind.ASSISTANCE_DOG: lambda n: ngettext("%(num)s assistance dog", "%(num)s assistance dogs", n),
}
KINDS = {
    AttendeeKind.WHEELCHAIR: _("Wheelchair users"),
    AttendeeKind.SLOW: _("Slow walkers"),
    AttendeeKind.HEARING_LOOP: _("People who need a hearing loop"),
    AttendeeKind.ASSISTANCE_DOG: _("Assistance dogs"),
}
DIET_NAMES = {
    "vegetarian": _("vegetarian"),
    "vegan": _("vegan"),
    "gluten_free": _("gluten-free"),
    "lactose_free": _("lactose-free"),
    "halal": _("halal"),
    "kosher": _("kosher"),
    "nut_free": _("without nuts"),
}


def needs_text(attendees: Attendees, language: str, *, has_diets: bool = True) -> str:
    """Return all needs in a line, '' where there are none; on the way first, then diets, then languages."""
    way = [_COUNTED[kind](number) for kind in ON_THE_WAY if (number := attendees.number(kind))]
    diets = [
        gettext("%(count)s %(diet)s", count=number, diet=DIET_NAMES[diet])
        for diet in DIETS
        if has_diets and (number := attendees.number(AttendeeKind.DIET, diet))
    ]
    spoken = [
        gettext("%(language)s for %(count)s", language=language_name(code, language), count=number)
        for code in SPOKEN
        if (number := attendees.number(AttendeeKind.LANGUAGE, code))
    ]
    return "; ".join(", ".join(part) for part in (way, diets, spoken) if part)
