"""What an upload would do: worked out once, kept until it is confirmed, and long files read in the pool."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.services.catalogue.care.kept_plan import KeptPlan, keep_plan, kept_plan, plan_key
from planner.services.catalogue.importing import plan_import
from planner.services.catalogue.reading.file import read_file
from planner.services.catalogue.staging import Staging
from planner.web.catalogue.import_progress import own_progress
from planner.web.frame.context import rule_context, services
from planner.web.frame.costly import send_over

if TYPE_CHECKING:
    from planner.services.catalogue.entries import StoredSite
    from planner.services.catalogue.staging import Upload

LARGE_BYTES = 100_000
"""A file of some hundred rows; a larger one is read in the pool, so that pages do not wait for it."""

STORING = 0.5
"""Storing takes about so many times as long as reading and comparing did."""


def staging() -> Staging:
    """Where uploads wait."""
    return Staging(services().settings.data_dir, services().storage)


def read_elsewhere(size: int) -> None:
    """Have the pool answer a request about a file of so many bytes, if that is large and there is a pool.

    Raises
    ------
    SentOver
        If it is so.
    ServiceUnavailable
        If no more can wait for the pool.
    """
    if size > LARGE_BYTES:
        send_over()


def plan_of(token: str, upload: Upload, mark: str, stored: dict[str, StoredSite]) -> KeptPlan:
    """What an upload would do to the catalogue of a mark: as it was worked out before, or anew, and kept."""
    context = rule_context()
    key = plan_key(upload, mark, context)
    known = kept_plan(staging(), token, key)
    if known is not None:
        return replace(known, plan=replace(known.plan, is_whole=upload.is_whole))
    progress, begun = own_progress(), time.monotonic()
    try:
        file = read_file(upload.data, stored, context, upload.columns, progress.tell)
    finally:
        progress.end()
    made = KeptPlan(plan_import(file, stored, is_whole=upload.is_whole), time.monotonic() - begun)
    keep_plan(staging(), token, key, made)
    return made
