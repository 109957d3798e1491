"""Be the runner of a machine: `python -m planner.runner PIPE`, started by a server's worker.

It has inherited the lock of the machine, and ends when the pipe is closed at its other end.
"""

from __future__ import annotations

import logging
import sys

from planner.memory_use import keep_small
from planner.process import Services
from planner.runner.following import begin_following
from planner.runner.kinds import KINDS
from planner.runner.loop import Runner
from planner.runner.stopping import stop_signals
from planner.services.upkeep.settings import read_settings


def main(alive: int) -> None:
    """Run jobs until the server has gone, or a signal says so."""
    keep_small()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    services = Services(read_settings())
    ended = begin_following(services.storage, services.settings.data_dir)
    with stop_signals() as signalled:
        Runner(services, KINDS).run(alive, signalled)
    ended.set()
    services.database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
