"""The service's entry: `gunicorn wsgi:app` and `flask --app wsgi ...`."""

import sys

from planner.commands.building import building_app, is_building
from planner.errors import SettingError

try:
    if is_building(sys.argv):
        app = building_app()
    else:
        from planner.commands.register import register
        from planner.web import create_app

        app = create_app()
        register(app)
except SettingError as error:
    raise SystemExit(error.lines) from error
