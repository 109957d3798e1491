"""Which ways a coach may use at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CLASS_KMH = {
    "motorway": 80, "trunk": 70, "primary": 50, "secondary": 45, "tertiary": 40, "unclassified": 35,
    "residential": 25, "living_street": 10, "service": 10, "road": 25,
}  # fmt: skip


def may_drive(tags: Mapping[str, str]) -> bool:
    """Whether any coach may use a way with these tags in at least one direction."""
    return tags.get("highway", "").removesuffix("_link") in CLASS_KMH and tags.get("access") not in {
        "no",
        "private",
    }
