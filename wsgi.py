"""The service's entry: `gunicorn wsgi:app` and `flask --app wsgi ...`."""

from planner.commands.register import register
from planner.errors import SettingError
from planner.web import create_app

try:
    app = create_app()
except SettingError as error:
    raise SystemExit(error.lines) from error
register(app)
