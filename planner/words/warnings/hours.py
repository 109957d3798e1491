"""What is said of doors and hours: closed, late, tight, not sure to be open."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, assert_never

from planner.domain.clock import MINUTE_S
from planner.domain.warnings.codes import (
    ByAppointment,
    ClosedAsBefore,
    Closes,
    Doubt,
    EntryAt,
    Holiday,
    HoursUnknown,
    Late,
    LateFor,
    OpensLater,
    ShutAllDay,
    Tight,
)
from planner.words.formats import minutes_text, spaced
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from planner.domain.warnings.codes import Closed, OfHours

_SHUT = {
    None: _("Closed all day."),
    Holiday.PUBLIC: _("Closed that day: public holiday."),
    Holiday.SCHOOL: _("Closed that day: school holidays."),
}


def sentence(warning: OfHours, language: str) -> str:
    """Return the sentence in the language in force, which is `language`."""
    match warning:
        case Closes() | OpensLater() | ShutAllDay() | ClosedAsBefore():
            return _closed(warning, language)
        case Late():
            return _late(warning, language)
        case Tight():
            return _tight(warning, language)
        case HoursUnknown():
            return _hours_unknown(warning)
        case ByAppointment():
            return _by_appointment(warning.comment)
        case EntryAt():
            return _entry_at(warning, language)
        case _:
            assert_never(warning)


def _closed(warning: Closed, language: str) -> str:
    match warning:
        case Closes():
            return _closes(warning, language)
        case OpensLater():
            words = {"opens": warning.opens, "at": warning.at}
            words["wait"] = minutes_text(warning.in_min or 0, language)
            if warning.entry:
                return gettext("Next entry in %(wait)s, at %(opens)s: the group is there at %(at)s.", **words)
            return gettext("Opens in %(wait)s, at %(opens)s: the group is there at %(at)s.", **words)
        case ShutAllDay():
            return str(_SHUT[warning.because])
        case ClosedAsBefore():
            return _closed_before_kinds(warning, language)
        case _:
            assert_never(warning)


def _closes(warning: Closes, language: str) -> str:
    words = {"from": warning.opens, "closes": warning.closes, "at": warning.at}
    words["left"] = minutes_text(warning.left_min or 0, language)
    words["dwell"] = minutes_text(warning.dwell_min or 0, language)
    if warning.opens:
        return gettext("Open %(from)s–%(closes)s only: %(left)s for a visit of %(dwell)s.", **words)
    if warning.last_entry:
        words["last"] = warning.last_entry
        return gettext(
            "Last entry for a visit of %(dwell)s at %(last)s: the group is there at %(at)s.", **words
        )
    if not warning.left_min:
        return gettext("Closed since %(closes)s: the group is there at %(at)s.", **words)
    return gettext("There from %(at)s, closes at %(closes)s: %(left)s for a visit of %(dwell)s.", **words)


def _closed_before_kinds(warning: ClosedAsBefore, language: str) -> str:
    """What releases say that were frozen before there were kinds, in the minutes that they said."""
    by_s = warning.by_s or 0
    by = minutes_text(max(1, by_s // MINUTE_S), language) if by_s else ""
    words = {"opens": warning.opens, "closes": warning.closes, "by": by}
    if words["opens"] and words["closes"]:
        return gettext("Open only %(opens)s–%(closes)s: the visit does not fit.", **words)
    if words["closes"] and words["by"]:
        return gettext("Closes at %(closes)s, %(by)s before the visit ends.", **words)
    if words["closes"]:
        return gettext("Closes at %(closes)s, before the visit ends.", **words)
    if words["opens"] and words["by"]:
        words["by"] = _by(by_s, language)
        return gettext("Opens at %(opens)s, %(by)s after the group arrives.", **words)
    if words["opens"]:
        return gettext("Opens at %(opens)s, after the group arrives.", **words)
    return gettext("Closed at the time of the visit.")


def _late(warning: Late, language: str) -> str:
    if warning.next_day:
        return gettext(
            "%(limit)s is before the day’s start at %(start)s. After midnight write %(time)s.",
            limit=warning.limit,
            start=warning.start,
            time=spaced(warning.next_day),
        )
    words = {"by": _by(warning.by_s, language), "limit": warning.limit}
    if not words["limit"]:
        return gettext("%(by)s late.", **words) if words["by"] else gettext("Too late.")
    if not words["by"]:
        return gettext("Too late: the limit is %(limit)s.", **words)
    if warning.kind is LateFor.FIXED:
        return gettext("%(by)s late: the agreed time is %(limit)s.", **words)
    if warning.kind is LateFor.FINISH:
        return gettext("%(by)s late: the day should end by %(limit)s.", **words)
    return gettext("%(by)s late: the time window ends at %(limit)s.", **words)


def _tight(warning: Tight, language: str) -> str:
    minutes = (warning.by_s or 0) // 60
    if minutes < 1:
        return gettext("No time to spare.")
    words = {"minutes": minutes_text(minutes, language), "limit": warning.limit}
    if words["limit"]:
        return gettext("Only %(minutes)s to spare before %(limit)s.", **words)
    return gettext("Only %(minutes)s to spare.", **words)


def _hours_unknown(warning: HoursUnknown) -> str:
    if warning.doubt is Doubt.SCHOOL_HOLIDAYS:
        return gettext("Open or closed by the school holidays, which are not known for this date: ask.")
    if warning.comment:
        return gettext("Not sure to be open: “%(comment)s”.", comment=warning.comment)
    return gettext("Opening hours unknown: ask before the visit.")


def _entry_at(warning: EntryAt, language: str) -> str:
    minutes = (warning.by_s or 0) // MINUTE_S
    if not minutes:
        return gettext("Entry at %(at)s, at set times only.", at=warning.at)
    wait = minutes_text(minutes, language)
    return gettext("Entry at %(at)s, at set times only: a wait of %(wait)s.", at=warning.at, wait=wait)


def _by_appointment(comment: str) -> str:
    if comment and comment.casefold() != "by appointment":
        return gettext("By appointment only: %(comment)s.", comment=comment.rstrip("."))
    return gettext("By appointment only: agree the visit with the host.")


def _by(seconds: int | None, language: str) -> str:
    """The minutes between a whole-minute limit and a later arrival, as it is shown."""
    return minutes_text(ceil(seconds / MINUTE_S), language) if seconds else ""
