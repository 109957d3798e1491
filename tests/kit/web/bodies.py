"""Bodies and answers of the API that several tests share."""

from __future__ import annotations

import datetime as dt
from typing import Any

DAY = "2026-12-02"


PLAN = {
    "order", "objective", "proved_optimal", "calls", "legs", "totals", "finish", "warnings", "data",
    "remedies_complete", "start", "cuts", "conflict", "conflicts", "pairs_complete", "outcome",
}  # fmt: skip


def day(*stops: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"date": DAY, "start": {"place": {"site": "alfa"}, "time": "09:00"}, "stops": list(stops), **other}


def stop(site: str, **other: Any) -> dict[str, Any]:
    return {"place": {"site": site}, **other}


def clock(answer_time: str) -> str:
    """The time of day, once the date and the offset are what a winter's day has."""
    moment = dt.datetime.fromisoformat(answer_time)
    assert answer_time.startswith(DAY)
    assert moment.utcoffset() == dt.timedelta(hours=1)
    return f"{moment:%H:%M:%S}"


def codes(answer: dict[str, Any]) -> set[str]:
    return {warning["code"] for warning in answer["warnings"]}
