"""Opening hours as people type them, in Polish or English: "pn-pt 9-15", "Mo - Fr: 9.30 do 16.00"."""

from __future__ import annotations

import re
from functools import lru_cache

from planner.domain.hours.rewriting import WEEKDAYS, with_dates
from planner.domain.hours.syntax import fallback_groups, outside_quotes, parse_hours
from planner.errors import EditRefusedError

_NAMES = (
    ("mo", "mon", "monday", "pn", "pon", "poniedziałek", "poniedzialek", "poniedziałku"),
    ("tu", "tue", "tues", "tuesday", "wt", "wto", "wtorek", "wtorku"),
    ("we", "wed", "wednesday", "śr", "sr", "śro", "środa", "sroda", "środy"),
    ("th", "thu", "thur", "thurs", "thursday", "cz", "czw", "czwartek", "czwartku"),
    ("fr", "fri", "friday", "pt", "pią", "piątek", "piatek", "piątku"),
    ("sa", "sat", "saturday", "sb", "sob", "sobota", "soboty", "sobotę"),
    ("su", "sun", "sunday", "nd", "ndz", "niedz", "niedziela", "niedziele", "niedziela", "niedzieli"),
)
_WORDS = {name: day for day, names in zip(WEEKDAYS, _NAMES, strict=True) for name in names} | {
    "ph": "PH",
    "święta": "PH",
    "swieta": "PH",
    "święto": "PH",
    "sh": "SH",
    "off": "off",
    "closed": "off",
    "zamknięte": "off",
    "zamkniete": "off",
    "nieczynne": "off",
    "do": "-",
    "to": "-",
    "till": "-",
    "until": "-",
    "i": ",",
    "oraz": ",",
    "and": ",",
    "od": "",
    "from": "",
    "godz": "",
    "w": "",
    "daily": "Mo-Su",
    "codziennie": "Mo-Su",
}
_WORD = re.compile(r"(?<![\w\[\]])[^\W\d_]+(?![\w\[])\.?(?!\[)")
_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*")
_DAY = rf"(?:{'|'.join((*WEEKDAYS, 'PH', 'SH'))})"
_DAY_END = re.compile(rf"({_DAY})\s*:\s*(?=\D|\d)")
_DAY_LIST = re.compile(rf"({_DAY})\s*[,.]?\s+(?={_DAY}\b)")
_TIME = r"(\d{1,2})(?:[.:hH](\d{2})|[hH])?"
_SPAN = re.compile(rf"(?<![\w.:+\]-]){_TIME}-{_TIME}(?=\s*(?:$|[,;\"+|]|off))")
_MINUTES, _HOURS = 60, 24
_AFTER_TIME = re.compile(rf"(:\d\d|off)\s*,?\s+(?={_DAY}\b)")
_GAPS = re.compile(r"\s{2,}")
_YEAR = 2026


@lru_cache(maxsize=2048)
def as_plain(rule: str) -> str:
    """Return a rule in the syntax of opening_hours; what is in it, or is no hours at all, stays as it is."""
    if not rule.strip() or is_readable(rule):
        return rule
    plain = "".join(outside_quotes(rule, lambda text: [_plain(text)]))
    return plain if is_readable(plain) else rule


def is_readable(rule: str) -> bool:
    """Whether every part of a rule is in the syntax as it is prepared for the library."""
    try:
        return all(parse_hours(with_dates(group, _YEAR), "") for group in fallback_groups(rule))
    except EditRefusedError:
        return False


def _plain(text: str) -> str:
    """The text of a rule, with its comments emptied."""
    text = _WORD.sub(_word, text.replace("\xa0", " "))
    text = _DASH.sub("-", text)
    text = _DAY_END.sub(r"\1 ", text)
    text = _DAY_LIST.sub(r"\1,", text)
    text = re.sub(r"\s*,\s*", ",", text)
    text = _SPAN.sub(_span, text)
    text = _AFTER_TIME.sub(r"\1; ", text)
    text = re.sub(rf"(:\d\d|off),(?={_DAY}\b)", r"\1; ", text)
    return _GAPS.sub(" ", text).strip().rstrip(".,")


def _word(found: re.Match[str]) -> str:
    plain = _WORDS.get(found[0].rstrip(".").casefold())
    return found[0] if plain is None else plain


def _span(found: re.Match[str]) -> str:
    """Two times as HH:MM; numbers that are no times stay."""
    hour, minute, end_hour, end_minute = (part or "0" for part in found.groups())
    times = ((int(hour), int(minute)), (int(end_hour), int(end_minute)))
    if any(h > _HOURS or m >= _MINUTES or (h == _HOURS and m) for h, m in times):
        return found[0]
    return "-".join(f"{h:02}:{m:02}" for h, m in times)
