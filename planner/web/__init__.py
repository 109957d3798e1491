"""The Flask application: requests in, responses out; no rule of the field lives here.

Begin with app.py, then the room of the person who asks: participant, editor, catalogue, api.
"""

from planner.web.app import create_app

__all__ = ["create_app"]
