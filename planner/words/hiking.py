"""What the scale of hiking paths is called."""

from __future__ import annotations

from planner.words.translation import _

SCALES = (
    ("T1", _("T1: easy paths, as any group walks them")),
    ("T2", _("T2: mountain paths, sure feet")),
    ("T3", _("T3: demanding mountain paths, boots")),
    ("T4", _("T4: alpine paths, hands needed")),
    ("T5", _("T5: demanding alpine paths")),
    ("T6", _("T6: difficult alpine paths")),
)
"""The hardest path that a group walks, with words for the choice (OSM wiki, Key:sac_scale)."""
