"""What is due once a day: people are forgotten once over all machines, files are swept on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.domain.clock import TownClock
from planner.errors import NetworkMissingError
from planner.services.catalogue.staging import Staging
from planner.services.upkeep import daily

if TYPE_CHECKING:
    from planner.domain.jobs.job import Work
    from planner.process import Services


def forget(services: Services, _args: Any, _work: Work) -> dict[str, int]:
    """Forget who and what is due; of how many visits that were people."""
    return {"visits": forgotten(services)}


def sweep(services: Services, _args: Any, _work: Work) -> None:
    """Remove the files of this machine that nothing shows any more."""
    swept(services)


def tidied(services: Services) -> int:
    """Do both now; of how many visits names were forgotten."""
    count = forgotten(services)
    swept(services)
    return count


def forgotten(services: Services) -> int:
    """Forget what is due by the town's calendar; of how many visits people were forgotten."""
    try:
        clock = services.town.clock
    except NetworkMissingError:
        clock = TownClock("UTC")
    now = services.now()
    with services.database.writing() as session:
        return daily.forget(session, now, clock.local(now).date(), services.settings.audit_days)


def swept(services: Services) -> None:
    """Remove the files of this machine's data directory that nothing shows any more."""
    with services.database.session() as session:
        daily.sweep(session, services.settings.data_dir, services.now())
    if services.storage is not None:
        Staging(services.settings.data_dir, services.storage).sweep()
