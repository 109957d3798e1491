"""What there is to do in the background; the runner knows these kinds and no others."""

from __future__ import annotations

from planner.domain.jobs.job import JobKind

FORGET = JobKind("forget", "planner.runner.work.daily:forget", "upkeep", minutes=30, every_s=6 * 3600)
"""What is due is forgotten. Oftener than daily: a name that is due at midnight is gone in the morning."""

SWEEP = JobKind(
    "sweep", "planner.runner.work.daily:sweep", "sweep", minutes=30, every_s=6 * 3600, is_local=True
)
"""Files of this machine's data directory that no link shows are removed."""

TOWN_MAP = JobKind("town-map", "planner.runner.work.town:get_map", "town", minutes=60, memory_mb=4096)
"""The real map is got for a place, and built beside."""

TOWN_FILE = JobKind("town-file", "planner.runner.work.town:from_file", "town", minutes=60, memory_mb=4096)
"""A file of streets or of a timetable that was sent is built beside."""

TOWN_FEEDS = JobKind("town-feeds", "planner.runner.work.town:fetch_feeds", "town", minutes=60, memory_mb=4096)
"""The timetables that are named by their addresses are fetched and built beside."""

TOWN_SITES = JobKind("town-sites", "planner.runner.work.town:look_for_sites", "town", minutes=20)
"""What may be a site is read from the file that the streets in force were built from."""

TOWN = (TOWN_MAP, TOWN_FILE, TOWN_FEEDS, TOWN_SITES)

KINDS = {kind.name: kind for kind in (FORGET, SWEEP, *TOWN)}
