"""The service's entry: `gunicorn wsgi:app` and `flask --app wsgi ...`."""

from planner.cli import register
from planner.web import create_app

app = create_app()
register(app)
