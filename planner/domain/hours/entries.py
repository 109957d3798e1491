"""Entries at intervals, 10:00-16:00/01:30: one is let in at 10:00, at 11:30 and so on, not in between.

The library drops the interval. So the times of the entries go through it in the rule's comment.
"""

from __future__ import annotations

import re

_ENTRIES = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)\s*/\s*(?:(\d{1,2}):)?(\d{1,3})")
_SAID = re.compile(r"\{entries ([\d ]*)\} ?")
DAY_MIN = 24 * 60
EVERY_DAY = "Mo-Su"


def entries_of(times: str) -> tuple[int, ...]:
    """The minutes of the day at which one is let in by times at intervals; none without such."""
    entries: set[int] = set()
    for start_h, start_m, end_h, end_m, step_h, step_m in _ENTRIES.findall(times):
        start, end = int(start_h) * 60 + int(start_m), int(end_h) * 60 + int(end_m)
        step = int(step_h or 0) * 60 + int(step_m)
        end += 0 if end >= start else DAY_MIN
        entries |= {at % DAY_MIN for at in (range(start, end + 1, step) if step else ())}
    return tuple(sorted(entries))


def rule_for_each(days: str, times: str, comment: str) -> str:
    """A rule with each of its times as a rule of its own, whose comment says the entries."""
    rules = [_said(days or EVERY_DAY, span.strip(), comment) for span in times.split(",")]
    return ", ".join(rules)


def _said(days: str, span: str, comment: str) -> str:
    entries = entries_of(span)
    said = f"{{entries {' '.join(map(str, entries))}}} {comment}".strip() if entries else comment
    words = f"{days} {_ENTRIES.sub(lambda match: match[0].partition('/')[0].rstrip(), span)}"
    return f'{words} "{said}"' if said else words


def entries_said(comment: str) -> tuple[tuple[int, ...], str]:
    """The entries that a comment carries through the library, and the comment without them."""
    entries = {int(at) for said in _SAID.findall(comment) for at in said.split()}
    return tuple(sorted(entries)), _SAID.sub("", comment).strip()
