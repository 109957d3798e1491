"""What is said of rules that others have set, each with where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.schedule.column import LIT_COLUMN_M
from planner.domain.warnings.codes import Alone, Breach, DrivingTime, InterpreterAlone, OnCarriageway
from planner.words.formats import distance_text, minutes_text
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.warnings.codes import OfRules
    from planner.words.translation import Later

CARRIAGEWAY_SOURCE = _("art. 12 of the Polish Road Traffic Act")

SOURCES = {
    OnCarriageway: CARRIAGEWAY_SOURCE,
    DrivingTime: _("Regulation (EC) No 561/2006, articles 6 to 8"),
}
"""Where a rule stands, as it is cited."""

_OF_ALONE = {
    Alone.AT_ONCE: _("AIIC in Canada: alone 40 min at most, simultaneously or in a whisper"),
    Alone.IN_ALL: _(
        "a rule of this program; AIIC (Professional Standards, article 6) asks for two interpreters in "
        "consecutive mode, for one in exceptional cases"
    ),
}
"""The same of interpreters: nobody has set how long one may work in all."""

_BREACHES = {
    Breach.NO_BREAK: _(
        "The driver drives %(minutes)s without a break of 45 min, %(limit)s are allowed: let the coach wait "
        "longer at a stop, at least 15 min each time."
    ),
    Breach.LONG_DAY: _(
        "The driver drives %(minutes)s on this day: more than %(limit)s are allowed on two days of a week "
        "only."
    ),
    Breach.TOO_LONG_DAY: _(
        "The driver drives %(minutes)s on this day, %(limit)s at most are allowed: a second driver is needed."
    ),
    Breach.SHORT_REST: _(
        "The driver is out for %(minutes)s: after more than %(limit)s the rest before the next day is a "
        "short one, which is allowed three times between two weekly rests. Ask the carrier."
    ),
    Breach.NO_REST: _(
        "The driver is out for %(minutes)s: %(limit)s at most leave a night's rest. A second driver is "
        "needed."
    ),
}
_ALONE = {
    Alone.AT_ONCE: _(
        "A talk of %(minutes)s is too long for one interpreter, who works %(limit)s at most without relief: "
        "take a second one, or make a pause."
    ),
    Alone.IN_ALL: _(
        "The talks of this day take %(minutes)s in all: from %(limit)s on take a second interpreter."
    ),
}


def sentence(warning: OfRules, language: str) -> str:
    """Return the sentences in the language in force, which is `language`, the source last."""
    why = gettext("Why: %(source)s.", source=_source(warning))
    return f"{_told(warning, language)} {why}"


def _source(warning: OfRules) -> Later:
    if isinstance(warning, InterpreterAlone):
        return _OF_ALONE[warning.kind or Alone.AT_ONCE]
    return SOURCES[type(warning)]


def _told(warning: OfRules, language: str) -> str:
    if isinstance(warning, OnCarriageway):
        return _on_carriageway(warning, language)
    if isinstance(warning, DrivingTime):
        text = _BREACHES.get(warning.breach) if warning.breach else None
        if text is None:
            return gettext("The driver's day is too long.")
        return str(text) % _times(warning, language)
    text = _ALONE.get(warning.kind) if warning.kind else None
    if text is None:
        return gettext("Too much for one interpreter.")
    return str(text) % _times(warning, language)


def _times(warning: DrivingTime | InterpreterAlone, language: str) -> dict[str, str]:
    return {
        "minutes": minutes_text(warning.minutes or 0, language),
        "limit": minutes_text(warning.limit_min or 0, language),
    }


def _on_carriageway(warning: OnCarriageway, language: str) -> str:
    told = [
        gettext(
            "%(distance)s on the carriageway, without a pavement: keep to the right, at most 4 abreast and "
            "50 m long. In fog not at all.",
            distance=distance_text(warning.metres or 0, language),
        )
    ]
    if warning.columns > 1:
        told.append(
            gettext(
                "In pairs the group is about %(length)s long: walk in %(columns)s columns, 100 m apart.",
                length=distance_text(warning.column_m or 0, language),
                columns=warning.columns,
            )
        )
    if warning.dark:
        told += _in_the_dark(warning)
    return " ".join(told)


def _in_the_dark(warning: OnCarriageway) -> Iterator[str]:
    yield gettext(
        "It is dark then: on the left the first one carries a white light and the last one a red one, seen "
        "from 150 m; children of up to 10 may not walk there."
    )
    if (warning.column_m or 0) > LIT_COLUMN_M:
        yield gettext(
            "The column is longer than 20 m: those two wear reflectors, and on the left there is a white "
            "light every 10 m."
        )
