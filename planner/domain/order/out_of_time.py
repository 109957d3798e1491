"""The one way in which a search says that its time is used up."""

from __future__ import annotations


class OutOfTimeError(Exception):
    """The search was stopped before it was through."""
