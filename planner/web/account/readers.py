"""Which pages are open to who only reads: others are refused, so that a new page is theirs by choice."""

from __future__ import annotations

FOR_VIEWERS = frozenset(
    {
        "editor.show",
        "reading.show",
        "comments.show",
        "comments.say",
        "comments.settle",
        "ready.show",
        "history.show",
        "preview.show",
        "preview.draw_map",
    }
)
"""The views, by their names. Which visits they are shown there the services decide."""
