"""The log as one JSON object a line, for programs that collect logs of many machines.

Each line has `time` (ISO 8601 with the offset from UTC), `level`, `logger`, `message`; within a request
`request`, its number; lines about a request also what it was, as fields of their own. Tokens of links are
masked everywhere, in tracebacks too.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from flask import has_request_context

from planner.web.frame.gate import seen
from planner.web.frame.headers import mask

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
"""A line for people."""

FIELDS = "fields"
"""The attribute of a record that has further fields of its line."""


class Lines(logging.Formatter):
    """Writes a record as a line for people, with the time's offset from UTC."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - its name
        """Return when it was."""
        del datefmt
        return datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(timespec="seconds")


class JsonLines(logging.Formatter):
    """Writes a record as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without a line end."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage()),
        }
        if has_request_context():
            told["request"] = seen.request_id()
        told.update(getattr(record, FIELDS, {}))
        if record.exc_info:
            told["traceback"] = mask(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def formatter(*, as_json: bool) -> logging.Formatter:
    """Return what writes the lines of the log."""
    return JsonLines() if as_json else Lines(TEXT)
