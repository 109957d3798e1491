"""Times in opening hours as people write them in a table: 9.30-16.00 and 9h30-16h for 09:30-16:00."""

from __future__ import annotations

import re

from planner.domain.clock import canonical_time
from planner.errors import EditRefusedError

_TIME = r"[0-9]{1,2}(?:[.:hH][0-9]{2}|[hH])"
_SPAN = re.compile(rf'"[^"]*"|(?<![\w.:+-])({_TIME})(\s*[-–]\s*)({_TIME})(?=\s*(?:$|[;,"]))')
"""What is quoted is a comment. A span at the end of its rule has no days behind it, as dates would have."""


def with_plain_times(rule: str) -> str:
    """Return the rule with such spans in the syntax of opening_hours; all else stays as it is written."""
    return _SPAN.sub(_plain, rule)


def _plain(found: re.Match[str]) -> str:
    opens, between, closes = found.groups()
    if opens is None or re.fullmatch("[0-9:]+", opens + closes):
        return found[0]
    try:
        until = "24:00" if canonical_time(closes) == "00:00+1" else canonical_time(closes)
        return f"{canonical_time(opens)}{between}{until}"
    except EditRefusedError:
        return found[0]
