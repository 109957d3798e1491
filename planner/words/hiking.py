"""The words of how a group walks: the hardest path that it takes, and its pace."""

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

PACES = (
    (5.0, _("one adult alone")),
    (4.0, _("a group of adults, with its stragglers (what this program assumes)")),
    (3.3, _("with seniors: 0.9 m/s, the mean of men over 65 (Asher and others, Age and Ageing 2012)")),
    (2.7, _("with people who walk with difficulty: 0.76 m/s, over 65 and at risk (University of Bath)")),
)
"""Paces in km/h to choose from, each with whose it is and who measured it."""
