"""Why something is refused, in words that say what to do; needs an application context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import get_locale

from planner.errors import FormRefusedError, Reason
from planner.words.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.errors import Fault, PlannerError
    from planner.words.translation import Later

WORDS: Mapping[Reason, Later] = {
    Reason.BAD_TIME: _("“%(value)s” is not a time: type one like 09:30, after midnight like 00:30 +1"),
    Reason.TIME_SKIPPED: _(
        "there is no %(value)s on that date: the clock goes from %(first)s to %(last)s; "
        "write %(last)s or later, or a time before %(first)s"
    ),
    Reason.TIME_TWICE: _(
        "the clock shows %(value)s twice on that date: write %(first)s for the first (summer time) "
        "or %(last)s for the second (winter time)"
    ),
    Reason.TIME_OFFSET: _("the town’s clock has another offset at %(value)s: write %(first)s"),
    Reason.BAD_HOURS: _("“%(value)s” is not in the opening_hours syntax: try Mo-Fr 08:00-16:00; PH off"),
    Reason.COACH_SIZE: _("a measure of the coach must lie between %(low)s and %(high)s"),
    Reason.NO_STOP: _("the day has no such stop any more"),
    Reason.TOO_MANY_STOPS: _("a day has at most %(stops)s stops"),
    Reason.DAY_FULL: _("that day is full"),
    Reason.TOO_MANY_DAYS: _("a visit has at most %(days)s days"),
    Reason.LAST_DAY: _("a visit has at least one day: put the visit away instead"),
    Reason.DATE_TAKEN: _("another day of this visit has this date already"),
    Reason.NO_REMEDY: _("this is no remedy of the day"),
    Reason.REMEDY_UNFIT: _("this remedy no longer fits the day"),
    Reason.FIELDS: _("this does not fit"),
    Reason.UNKNOWN_ACTION: _("“%(action)s” cannot be done here"),
    Reason.TYPE_TIME: _("type a time like 09:30, after midnight like 00:30 +1"),
    Reason.TYPE_DATE: _("type a date"),
    Reason.FAR_YEAR: _("the year must lie between %(first)s and %(last)s"),
    Reason.TYPE_POSITION: _("write a position as 49.97548, 19.82609"),
    Reason.POSITION_OUTSIDE: _("%(position)s lies outside the streets of this town"),
    Reason.NOT_IN_CATALOGUE: _("the catalogue has no such site"),
    Reason.TYPE_HOURS: _("the opening hours cannot be read: choose days and times"),
    Reason.DAY_GONE: _("this day is no longer part of the visit"),
    Reason.NO_DAY_START: _("say where the day begins"),
    Reason.NO_PLACE: _("say where the place is: click the map or type its coordinates"),
    Reason.ALL_HELD_BACK: _("nothing would be left to publish: publish at least one day and one party"),
    Reason.NO_TITLE: _("give the visit a title"),
    Reason.LINKS_UNFIT: _("at most %(most)s links, and each begins with https://"),
    Reason.MODE_UNPLANNED: _("this way of moving cannot be planned yet"),
    Reason.HALF_WINDOW: _("a window needs both times"),
    Reason.WINDOW_TURNED: _(
        "the window must end after it begins: if %(value)s is after midnight, write %(value)s +1"
    ),
    Reason.WINDOWS_OVERLAP: _("two windows must not overlap"),
    Reason.AFTER_ITSELF: _("a stop cannot come after itself"),
    Reason.AFTER_EACH_OTHER: _("two stops cannot each come after the other"),
    Reason.ORDER_STALE: _("the day has changed since this order was searched: search again"),
    Reason.NO_ORDER: _("this is no order of the day"),
    Reason.CANNOT_SPLIT: _("%(people)s people cannot split into %(count)s parties"),
    Reason.NO_ROTATION: _("this is no rotation"),
    Reason.ROTATION_UNFIT: _("the rotation does not fit the stops and parties as they are now"),
    Reason.UNKNOWN_SITE: _("there is no site “%(site)s”"),
    Reason.SITE_OUTSIDE: _("the site “%(site)s” lies outside this network: move it, or build its town"),
    Reason.PLACE_MISSING: _("a place needs a site or a position"),
    Reason.PLACE_SWAPPED: _("%(lat)s, %(lon)s: latitude and longitude look swapped"),
    Reason.PLACE_OUTSIDE: _(
        "%(lat)s, %(lon)s is more than 2 km outside %(town)s, which reaches from %(south)s to "
        "%(north)s north and from %(west)s to %(east)s east"
    ),
    Reason.VISIT_MISSING: _("there is no such visit"),
    Reason.SITE_MISSING: _("there is no site “%(site)s”"),
    Reason.LINK_MISSING: _("this visit has no such link"),
    Reason.LINK_UNKNOWN: _("This link opens no visit: look whether it was typed or copied whole."),
    Reason.LINK_REPLACED: _("This link is no longer in use."),
    Reason.LINK_WITHDRAWN: _("The organiser has withdrawn this link."),
    Reason.LINK_OVER: _("This link was to work until a day that has passed."),
    Reason.VISIT_HIDDEN: _("The organiser does not show this visit at present."),
    Reason.USER_MISSING: _("there is no such user"),
    Reason.USER_ARCHIVED: _("the user “%(name)s” is archived"),
    Reason.SESSION_MISSING: _("there is no such session"),
    Reason.UPLOAD_GONE: _(
        "this import was finished, cancelled or is more than a day old: upload the file again"
    ),
    Reason.NAME_TOO_LONG: _("Line %(line)s is too long for a name."),
    Reason.TOO_MANY_NAMES: _("There are more than %(most)s names."),
    Reason.PAPER_MISSING: _("There is no such sheet."),
    Reason.NO_PDF: _("No PDF can be made on this machine. The sheet’s own page prints as well."),
    Reason.PAPER_BUSY: _("Other papers are being made just now. Try again in a few seconds."),
    Reason.PAPER_FAILED: _("This paper could not be made. Its own page prints as well."),
    Reason.OTHER_PARTY: _("This link is for another party."),
    Reason.TOO_MANY_ACTIONS: _("Too much was pressed at once. Wait a minute, then press again."),
    Reason.UNKNOWN_EVENT: _("This does not fit the day any more. Load the page again."),
    Reason.MARK_UNFIT: _("A mark is a number from 1 to 5, with at most 300 letters."),
    Reason.SITE_CHANGED: _("somebody else has changed this site in the meantime"),
    Reason.VISIT_CHANGED: _("this visit has been changed in the meantime"),
    Reason.OWN_ARCHIVE: _("nobody archives themselves"),
    Reason.ADMINS_ONLY: _("Only an administrator can do this."),
    Reason.LAST_ADMIN: _("There is no other administrator: make somebody else one first."),
    Reason.KEY_REUSED: _("This was sent already, with something else in it. Load the page again."),
    Reason.VIEWERS_READ: _("Your account is for reading. An organiser can do this."),
    Reason.READS_ONLY: _("You may read this visit, but not change it. Its owner can let you."),
    Reason.OWNERS_ONLY: _("Only the owner of the visit or an administrator can do this."),
    Reason.NO_HEIR: _("This person cannot take the visits over: choose an organiser or an administrator."),
    Reason.TEMPLATE_UNFIT: _("A template needs a name of 1 to 80 letters; an office has at most 100."),
    Reason.TEMPLATE_MISSING: _("There is no such template any more."),
    Reason.PREVIEW_UNFIT: _("No such link can be made: choose a site of the draft, or a colleague."),
    Reason.COMMENT_MISSING: _("There is no such comment any more."),
    Reason.COMMENT_UNFIT: _("A comment has 1 to 1000 letters, and a visit at most 500 comments."),
    Reason.OTHER_HOST: _("The service is not reached by this address. Whoever runs it sets PUBLIC_URL."),
    Reason.OTHER_ORIGIN: _("This was sent by another site’s page. Nothing was changed."),
    Reason.BROKEN_BODY: _("What was sent broke off on the way. Nothing was changed: send it again."),
    Reason.NUL_TEXT: _("A text holds a character that no text has (NUL). Nothing was changed."),
    Reason.JOB_MISSING: _("This work is not known any more."),
    Reason.JOB_INTERRUPTED: _("The server was stopped while it worked on this. Start it again."),
    Reason.JOB_TOO_LONG: _("This took longer than the %(minutes)s minutes it may take, and was ended."),
    Reason.JOB_TOO_LARGE: _("This needs more memory than the %(megabytes)s MB it may use, and was ended."),
    Reason.JOB_KILLED: _("This was ended from outside: the server may be short of memory."),
    Reason.JOB_BROKEN: _("This failed by a fault of the program; its log says more."),
    Reason.STORAGE_AWAY: _("The shared storage does not answer. Nothing was changed: try again later."),
    Reason.STORE_BUSY: _("The database is busy. Nothing was changed: try again in a moment."),
    Reason.STORE_FULL: _("The disk is full. Nothing was changed: somebody has to make room first."),
    Reason.STORE_READ_ONLY: _("The database may only be read. Nothing was changed."),
    Reason.DATA_READ_ONLY: _("The data directory may only be read. Nothing was changed."),
    Reason.STORE_NEWER: _("The database is of a newer program. Nothing was changed."),
    Reason.STORE_EMPTY: _("The database was not set up yet: somebody has to run the command setup."),
    Reason.STORE_AWAY: _("The database does not answer. Nothing was changed: try again later."),
    Reason.NETWORK_MISSING: _(
        "There is no town yet: no ways and times can be planned, and nothing published. "
        "An administrator gets its map, on the page “Town”."
    ),
    Reason.NETWORK_REMOVED: _(
        "the built street network has been removed: run `flask --app wsgi network build FILE`"
    ),
    Reason.NETWORK_CHANGED: _(
        "The files of the streets were changed while they were used. Nothing was changed: try again."
    ),
    Reason.NETWORK_UNUSABLE: _(
        "the built street network cannot be opened: run `flask --app wsgi network build FILE` again"
    ),
    Reason.NO_STREETS: _(
        "The street network is missing: no ways and times can be planned, and nothing published. "
        "Everything else can be read and changed. "
        "Whoever runs the service restores a backup or builds the network again."
    ),
}
"""A text for each reason but `MANY_FAULTS`, which counts."""

_WHOLE, _NUMBER, _DATE = _("type a whole number"), _("type a number"), _("type a date")
_CHOICE, _NEEDED = _("choose one of what is offered"), _("is missing")
FIELD_WORDS = {
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "int_type": _WHOLE,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than_equal": _("at least %(ge)s"),
    "less_than_equal": _("at most %(le)s"),
    "string_too_long": _("at most %(max_length)s characters"),
    "string_too_short": _NEEDED,
    "missing": _NEEDED,
    "string_type": _("write a text"),
    "tuple_type": _("write a list"),
    "bool_parsing": _CHOICE,
    "bool_type": _CHOICE,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "date_from_datetime_inexact": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
}
"""What does not fit a field, by pydantic's name for it."""


def refusal_text(error: PlannerError) -> str:
    """Why something is refused, in the language in force; "" where there are words for programs only."""
    if isinstance(error, FormRefusedError):
        return error.message
    if len(error.details) == 1:
        return fault_text(error.details[0])
    return _text(error.reason, error.params, error.message)


def fault_text(fault: Fault) -> str:
    """One thing that is wrong, in the language in force."""
    return _text(fault.reason, fault.params, fault.message) or str(WORDS[Reason.FIELDS])


def field_text(kind: str, words: Mapping[str, Any], english: str = "") -> str:
    """Why what was written into a field does not fit, by pydantic's name for it and the words beside it.

    Where `english` is given, what pydantic says itself, it is what an English reader is told.
    """
    if english and _is_english():
        return english
    return FIELD_WORDS.get(kind, WORDS[Reason.FIELDS]).fill(**words)


def _text(reason: Reason | None, params: Mapping[str, Any], message: str) -> str:
    if reason is Reason.MANY_FAULTS:
        return ngettext("%(num)s thing is wrong", "%(num)s things are wrong", params["num"])
    if reason is not None:
        return WORDS[reason].fill(**params)
    return message if _is_english() else ""


def _is_english() -> bool:
    return str(get_locale()) == "en"
