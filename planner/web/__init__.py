"""The Flask application: requests in, responses out; no rule of the field lives here."""

from planner.web.app import create_app

__all__ = ["create_app"]
