"""How gunicorn serves: settings from the environment, addresses printed once it listens."""

from __future__ import annotations

import logging
import os
from typing import Any

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = 2
threads = 8
worker_class = "gthread"
timeout = 60
graceful_timeout = 10
accesslog = None
loglevel = "warning"


def on_starting(_server: Any) -> None:
    """Refuse settings that cannot be used; keep secret links out of what gunicorn itself complains about."""
    from planner.errors import SettingError
    from planner.services.upkeep.settings import read_settings
    from planner.web.frame.headers import MaskTokens

    try:
        read_settings()
    except SettingError as error:
        raise SystemExit(f"Error: {error.message}") from error
    logging.getLogger("gunicorn.error").addFilter(MaskTokens())


def when_ready(_server: Any) -> None:
    """Say where the service is reached."""
    from planner.commands.upkeep import print_addresses
    from planner.web import create_app

    print_addresses(create_app())
