"""How gunicorn serves: settings from the environment, addresses printed once it listens."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))  # gunicorn itself does so only after it has read this

from gunicorn.glogging import Logger

from planner.errors import SettingError
from planner.memory_use import keep_small, share_with_children
from planner.runner.beside import begin_runner, end_runner, lifeline, renew_runner
from planner.services.upkeep.settings import read_settings
from planner.serving.figures import folder_of_figures, made_anew
from planner.web.frame.watched.json_lines import formatter

try:
    _settings = read_settings()
except SettingError as error:
    raise SystemExit(error.lines) from error
keep_small()
_figures = folder_of_figures(_settings.data_dir)
"""Where each worker counts for /metrics; the client library looks for it when it is imported."""

os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_figures)
_lines = logging.StreamHandler()
_lines.setFormatter(formatter(as_json=_settings.json_log))
logging.basicConfig(level=logging.WARNING, handlers=[_lines])
for _told in ("planner.services.trust.audit", *(("planner.access",) if _settings.access_log else ())):
    logging.getLogger(_told).setLevel(logging.INFO)
bind = f"{_settings.host}:{_settings.port}"
workers = 2
threads = 32  # up to 26 wait for the pool, and cost nothing meanwhile
_alive = lifeline()
worker_class = "planner.serving.worker.BufferingWorker"
timeout = 60
graceful_timeout = 10
accesslog = None
loglevel = "warning"


class Lines(Logger):  # type: ignore[misc]  # gunicorn has no types
    """What gunicorn itself complains about goes where all other lines go, in their form."""

    def setup(self, cfg: Any) -> None:
        """Take the settings, also those of a reload."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


logger_class = Lines


def on_starting(_server: Any) -> None:
    """Keep secret links out of what the server itself complains about."""
    from planner.web.frame.headers import MaskTokens

    made_anew(_figures)
    for name in ("gunicorn.error", "waitress"):
        logging.getLogger(name).addFilter(MaskTokens())


def post_worker_init(worker: Any) -> None:
    """Let each worker do what nobody waits for, see to it that there are a runner and a pool, and count."""
    from planner.serving.pool.forward import begin_pool
    from planner.web.frame.beside.later import begin_later
    from planner.web.frame.watched import metrics

    begin_runner(_settings.data_dir, _alive)
    begin_later(worker.wsgi)
    begin_pool(worker.wsgi, _settings.data_dir)
    metrics.count(worker.wsgi)


def child_exit(_server: Any, worker: Any) -> None:
    """Let go of what a worker said of itself."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid, str(_figures))


def on_reload(_server: Any) -> None:
    """Have a runner of the program that is served from now on."""
    renew_runner(_settings.data_dir)


def on_exit(_server: Any) -> None:
    """Let the runner put its work down in peace."""
    end_runner(_settings.data_dir, _alive)


def when_ready(_server: Any) -> None:
    """Say where the service is reached."""
    from planner.commands.upkeep import print_addresses
    from planner.web import create_app

    print_addresses(create_app(_settings))
    share_with_children()  # workers are forked of this process: its modules are theirs, also after a reload
