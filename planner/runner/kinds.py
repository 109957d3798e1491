"""What there is to do in the background; the runner knows these kinds and no others."""

from __future__ import annotations

from planner.domain.jobs.job import JobKind

FORGET = JobKind("forget", "planner.runner.work.daily:forget", "upkeep", minutes=30, every_s=6 * 3600)
"""What is due is forgotten. Oftener than daily: a name that is due at midnight is gone in the morning."""

SWEEP = JobKind(
    "sweep", "planner.runner.work.daily:sweep", "sweep", minutes=30, every_s=6 * 3600, is_local=True
)
"""Files of this machine's data directory that no link shows are removed."""

KINDS = {kind.name: kind for kind in (FORGET, SWEEP)}
