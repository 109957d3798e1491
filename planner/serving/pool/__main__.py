"""Be the keeper of a data directory: `python -m planner.serving.pool DATA_DIR`.

Started by a worker, and ends by itself. The application is loaded beside the first pages, or when a
costly request comes earlier; that one is answered by its worker.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from planner.memory_use import keep_small, share_with_children
from planner.serving.pool.child import Child, start_child
from planner.serving.pool.keeper import Keeper
from planner.serving.pool.place import only_one

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

MOST_AT_ONCE = 2
"""Searches at once, on a machine with so many processors or more."""


def main(data_dir: Path) -> None:
    """Keep the pool, unless another process does."""
    with only_one(data_dir) as door:
        if door is not None:
            keep_small()
            logging.basicConfig(
                level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
            )
            Keeper(door, _start, min(os.cpu_count() or 1, MOST_AT_ONCE), _app).run()


def _start() -> Child:
    return start_child(_app())


@cache
def _app() -> WSGIApplication:
    app = cast("WSGIApplication", importlib.import_module("wsgi").app)
    share_with_children()
    return app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
