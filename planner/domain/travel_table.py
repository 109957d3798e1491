"""Tables of ways between many places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TravelTable:
    """Metres and seconds by the clock from row to column; None where there is no way."""

    distances_m: list[list[float | None]]
    durations_s: list[list[float | None]]
