"""What is said where no way is known: for a coach what stops it, where, and where it could stop instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.warnings.codes import NoCoach
from planner.words.formats import distance_text, number_text
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from planner.domain.warnings.codes import NoWay

_PLAIN = {
    None: _("No way is known here: the time is only assumed."),
    NoCoach.NO_KERB_NEAR: _(
        "No street near where a coach may stop: the time is only assumed. Give the site a drop-off point."
    ),
    NoCoach.LIMITS: _(
        "Too low, narrow or weak for this coach: the time is only assumed. Take a smaller one."
    ),
    NoCoach.ONE_WAY: _("One-way streets or banned turns let no coach get there: the time is only assumed."),
    NoCoach.DEAD_END: _("A dead end, no place for a coach to turn: the time is only assumed."),
    NoCoach.NO_WAY: _("No way for a coach is known here: the time is only assumed."),
}
_AT = {
    NoCoach.LIMITS: _(
        "Too low, narrow or weak for this coach, %(distance)s from the place: the time is only assumed. "
        "Take a smaller one."
    ),
    NoCoach.ONE_WAY: _(
        "A one-way street or a banned turn, %(distance)s from the place, lets no coach get there: "
        "the time is only assumed."
    ),
    NoCoach.DEAD_END: _(
        "A dead end, no place for a coach to turn, %(distance)s from the place: the time is only assumed."
    ),
}
_LIMITS = {
    "height_m": _("Height there: %(limit)s m at most."),
    "weight_t": _("Weight there: %(limit)s t at most."),
    "length_m": _("Length there: %(limit)s m at most."),
    "width_m": _("Width there: %(limit)s m at most."),
}


def no_way(warning: NoWay, language: str) -> str:
    """Return the sentences in the language in force, which is `language`."""
    told = [_reason(warning, language)]
    if warning.limit is not None and warning.limit_kind in _LIMITS:
        told.append(str(_LIMITS[warning.limit_kind]) % {"limit": number_text(warning.limit, language)})
    if warning.kerb_walk_m is not None:
        walk = distance_text(warning.kerb_walk_m, language)
        told.append(
            gettext("The nearest place where the coach can stop is %(distance)s away on foot.", distance=walk)
        )
    return " ".join(told)


def _reason(warning: NoWay, language: str) -> str:
    if warning.metres is None or warning.coach not in _AT:
        return str(_PLAIN[warning.coach])
    return str(_AT[warning.coach]) % {"distance": distance_text(warning.metres, language)}
