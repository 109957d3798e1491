"""What can go wrong, each a child of the built-in error it is a kind of.

The message is English, for logs, commands and the API; what a page shows is
found by the reason and its params, in the reader's language
(planner/words/refusals.py). The web turns these into a page or into the one
JSON error shape, the commands into one line on standard error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why something is refused. Each has a text in every language; what it names stands beside it."""

    # A stop, a day or a visit does not allow an edit.
    BAD_TIME = "bad_time"  # value
    TIME_SKIPPED = "time_skipped"  # value, first, last
    TIME_TWICE = "time_twice"  # value, first, last
    TIME_OFFSET = "time_offset"  # value, first
    BAD_HOURS = "bad_hours"  # value
    COACH_SIZE = "coach_size"  # name, low, high
    NO_STOP = "no_stop"  # stop
    TOO_MANY_STOPS = "too_many_stops"  # stops
    DAY_FULL = "day_full"
    TOO_MANY_DAYS = "too_many_days"  # days
    LAST_DAY = "last_day"
    DATE_TAKEN = "date_taken"
    NO_REMEDY = "no_remedy"  # value
    REMEDY_UNFIT = "remedy_unfit"

    # What a form sent does not fit.
    FIELDS = "fields"
    UNKNOWN_ACTION = "unknown_action"  # action
    TYPE_TIME = "type_time"
    TYPE_DATE = "type_date"
    FAR_YEAR = "far_year"  # first, last
    TYPE_POSITION = "type_position"
    POSITION_OUTSIDE = "position_outside"  # position
    NOT_IN_CATALOGUE = "not_in_catalogue"
    TYPE_HOURS = "type_hours"
    DAY_GONE = "day_gone"
    NO_DAY_START = "no_day_start"
    NO_PLACE = "no_place"
    NO_TITLE = "no_title"
    LINKS_UNFIT = "links_unfit"  # most
    MODE_UNPLANNED = "mode_unplanned"
    HALF_WINDOW = "half_window"
    WINDOW_TURNED = "window_turned"  # value
    WINDOWS_OVERLAP = "windows_overlap"
    AFTER_ITSELF = "after_itself"
    AFTER_EACH_OTHER = "after_each_other"
    ORDER_STALE = "order_stale"
    NO_ORDER = "no_order"
    CANNOT_SPLIT = "cannot_split"  # people, count
    NO_ROTATION = "no_rotation"
    ROTATION_UNFIT = "rotation_unfit"

    # A place of a day cannot be planned.
    UNKNOWN_SITE = "unknown_site"  # site
    SITE_OUTSIDE = "site_outside"  # site
    PLACE_MISSING = "place_missing"
    PLACE_SWAPPED = "place_swapped"  # lon, lat
    PLACE_OUTSIDE = "place_outside"  # lon, lat, town, west, east, south, north
    MANY_FAULTS = "many_faults"  # num

    # Of a visit nothing would be left to publish.
    ALL_HELD_BACK = "all_held_back"

    # A thing is not there, not yet or not any more, or not for this person.
    VISIT_MISSING = "visit_missing"
    SITE_MISSING = "site_missing"  # site
    LINK_MISSING = "link_missing"
    LINK_UNKNOWN = "link_unknown"
    LINK_REPLACED = "link_replaced"
    LINK_WITHDRAWN = "link_withdrawn"
    LINK_OVER = "link_over"
    VISIT_HIDDEN = "visit_hidden"
    USER_MISSING = "user_missing"
    USER_ARCHIVED = "user_archived"  # name
    SESSION_MISSING = "session_missing"
    UPLOAD_GONE = "upload_gone"
    NAME_TOO_LONG = "name_too_long"  # line
    TOO_MANY_NAMES = "too_many_names"  # most
    PAPER_MISSING = "paper_missing"
    NO_PDF = "no_pdf"
    PAPER_BUSY = "paper_busy"
    PAPER_FAILED = "paper_failed"
    SITE_CHANGED = "site_changed"
    VISIT_CHANGED = "visit_changed"
    OTHER_PARTY = "other_party"
    TOO_MANY_ACTIONS = "too_many_actions"
    UNKNOWN_EVENT = "unknown_event"
    MARK_UNFIT = "mark_unfit"
    OWN_ARCHIVE = "own_archive"
    ADMINS_ONLY = "admins_only"
    LAST_ADMIN = "last_admin"
    VIEWERS_READ = "viewers_read"
    KEY_REUSED = "key_reused"
    READS_ONLY = "reads_only"
    NO_HEIR = "no_heir"
    TEMPLATE_UNFIT = "template_unfit"
    TEMPLATE_MISSING = "template_missing"
    PREVIEW_UNFIT = "preview_unfit"
    COMMENT_MISSING = "comment_missing"
    COMMENT_UNFIT = "comment_unfit"
    OWNERS_ONLY = "owners_only"
    OTHER_ORIGIN = "other_origin"
    OTHER_HOST = "other_host"
    NETWORK_MISSING = "network_missing"
    NETWORK_REMOVED = "network_removed"
    NETWORK_UNUSABLE = "network_unusable"
    NETWORK_CHANGED = "network_changed"
    NO_STREETS = "no_streets"

    # Work in the background did not come to its end.
    JOB_MISSING = "job_missing"
    JOB_INTERRUPTED = "job_interrupted"
    JOB_TOO_LONG = "job_too_long"  # minutes
    JOB_TOO_LARGE = "job_too_large"  # megabytes
    JOB_KILLED = "job_killed"
    JOB_BROKEN = "job_broken"

    # What machines share cannot be reached now.
    STORAGE_AWAY = "storage_away"

    # The database cannot be asked now.
    NUL_TEXT = "nul_text"
    BROKEN_BODY = "broken_body"
    STORE_BUSY = "store_busy"
    STORE_FULL = "store_full"
    STORE_READ_ONLY = "store_read_only"
    STORE_AWAY = "store_away"
    STORE_EMPTY = "store_empty"
    DATA_READ_ONLY = "data_read_only"
    STORE_NEWER = "store_newer"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: where (a JSON pointer), what kind, in words.

    `reason` and `params` are for a page; a fault that only programs are told has none.
    """

    pointer: str
    code: str
    message: str
    reason: Reason | None = None
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


class PlannerError(Exception):
    """The base of all errors raised on purpose."""

    code = "error"
    status = 400

    def __init__(
        self,
        message: str,
        *,
        details: tuple[Fault, ...] = (),
        reason: Reason | None = None,
        params: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.details = details
        self.reason = reason
        self.params = params or {}


class EditRefusedError(PlannerError, ValueError):
    """An organiser's edit does not fit what it is made on; nothing is changed.

    It is caught alone: any other error in an edit is a fault of the program.
    """

    status = 422

    def __init__(self, reason: Reason, message: str = "", **params: object) -> None:
        super().__init__(message or reason.value.replace("_", " "), reason=reason, params=params)
        self.code = reason.value


class FormRefusedError(EditRefusedError):
    """Several fields of a form do not fit; the message is in the reader's language already.

    `told` is what is wrong field by field, each with its name, '' where it concerns none alone.
    """

    def __init__(self, sentences: str, told: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(Reason.FIELDS, sentences)
        self.told = told


class InvalidInputError(PlannerError, ValueError):
    """A value is of the wrong form or outside its limits."""

    code = "invalid"
    status = 422

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that is wrong: the details, else the message itself."""
        return self.details or (Fault("", self.code, self.message, self.reason, self.params),)


class SettingError(PlannerError, ValueError):
    """Settings of the environment cannot be used; the service does not start with them."""

    code = "bad_setting"

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__("\n".join(sentences))

    @property
    def lines(self) -> str:
        """What is told on standard error: a line for each setting."""
        return "\n".join(f"Error: {sentence}" for sentence in self.message.split("\n"))


class MalformedBodyError(PlannerError, ValueError):
    """The request's body is not JSON, or not an object."""

    code = "malformed"
    status = 400


class NotAllowedError(PlannerError, PermissionError):
    """The thing is there for this person, but not to do that with it."""

    code = "forbidden"
    status = 403


class NotThereError(PlannerError, LookupError):
    """The thing asked for does not exist, or not for this person."""

    code = "not_found"
    status = 404


class LinkEndedError(PlannerError, LookupError):
    """A secret link was one, and opens nothing now."""

    code = "link_ended"
    status = 410


class SourceFileError(PlannerError, ValueError):
    """A file given to a build or an import cannot be used."""

    code = "bad_file"
    status = 422


class NetworkMissingError(PlannerError, RuntimeError):
    """No street network has been built in the data directory."""

    code = "no_network"
    status = 503


class ServiceError(PlannerError, RuntimeError):
    """A service elsewhere, asked by a build command, cannot be reached or does not answer as it should."""

    code = "bad_service"
    status = 503


class OtherPartyError(PlannerError, PermissionError):
    """A guide's link of one party cannot act for another."""

    code = "other_party"
    status = 403


class TooManyActionsError(PlannerError, RuntimeError):
    """A guide's link has acted more often than any guide does."""

    code = "too_many_actions"
    status = 429


class PaperError(PlannerError, RuntimeError):
    """A PDF cannot be made now; the web pages of the sheets still print."""

    code = "no_pdf"
    status = 503


class StoreError(PlannerError, RuntimeError):
    """The database cannot be asked or written now; nothing was stored."""

    code = "no_store"
    status = 503
