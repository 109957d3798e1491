"""How the worker on a phone knows our answers: by a word that only who knows the link's path can write.

Between phone and service there may be a portal of a hotel or a train, which answers every address with a page
of its own, with any status. So an answer of ours has a header made of what it says and the link's path; the
worker (static/js/workers) makes the same and compares. It guards against accident, not against an attacker:
that is what https is for.
"""

from __future__ import annotations

import hashlib
import re

from planner.links import PREFIXES

HEADER = "Visit-Link"
OPEN, CLOSED = "open", "closed"
_PATH = re.compile(rf"(?:{'|'.join(map(re.escape, PREFIXES.values()))})[^/]+")


def opened_mark(path: str) -> dict[str, str]:
    """Return the header of an answer that a link opened; none where the path is no link's."""
    return _mark(OPEN, path)


def closed_mark(path: str) -> dict[str, str]:
    """Return the header of an answer that says that a link opens nothing any more."""
    return _mark(CLOSED, path)


def _mark(said: str, path: str) -> dict[str, str]:
    link = _PATH.match(path)
    if link is None:
        return {}
    word = hashlib.sha256(f"{said} {link[0]}".encode()).hexdigest()[:32]
    return {HEADER: f"{said} {word}"}
