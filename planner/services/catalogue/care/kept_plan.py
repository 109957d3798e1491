"""What an import would do, kept beside the upload: looked at again or confirmed, it is not read again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.services.catalogue.importing import ImportPlan
from planner.store.documents import from_text, to_text

if TYPE_CHECKING:
    from planner.services.catalogue.rules import RuleContext
    from planner.services.catalogue.staging import Staging, Upload


@dataclass(frozen=True)
class KeptPlan:
    """A plan, and the seconds that it took to make; one that was kept has its rows in `plan.rows` alone."""

    plan: ImportPlan
    took_s: float


def plan_key(upload: Upload, mark: str, context: RuleContext) -> str:
    """What a plan hangs on: the file and how it is read, the catalogue's mark, the day and the town."""
    town = context.town
    said = (
        hashlib.sha256(upload.data).hexdigest(),
        mark,
        upload.columns,
        upload.is_whole,
        context.today.isoformat(),
        str(town.network_folder) if town else "",
    )
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def keep_plan(staging: Staging, token: str, key: str, kept: KeptPlan) -> None:
    """Keep a plan under its key, in place of an older one of the same upload."""
    plan = to_text(replace(kept.plan, file=replace(kept.plan.file, rows=())))
    staging.keep_beside(token, f"{key} {kept.took_s:.3f}\n".encode() + plan)


def kept_plan(staging: Staging, token: str, key: str) -> KeptPlan | None:
    """Return the plan of an upload; None where none is kept, or one that hung on something else."""
    told = staging.beside(token) or b""
    head, _, plan = told.partition(b"\n")
    said, _, took_s = head.decode("ascii", "replace").partition(" ")
    if said != key:
        return None
    try:
        return KeptPlan(from_text(ImportPlan, plan), float(took_s))
    except ValueError:  # of another version of the program, or not whole
        return None
