"""Two pictures, pixel by pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageChops

if TYPE_CHECKING:
    from pathlib import Path

NOTICEABLE = 24
"""Of 255: a pixel that differs by less is taken for the same."""

SHARE = 0.0001
"""Of all pixels: as many may differ as a few edges that are drawn a little otherwise."""


def differences(before: Path, after: Path) -> tuple[str, ...]:
    """How two pictures differ; nothing where one would not see it."""
    with Image.open(before) as one, Image.open(after) as other:
        if one.size != other.size:
            return (f"{one.size[0]} x {one.size[1]} pixels, then {other.size[0]} x {other.size[1]}",)
        apart = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
        seen = apart.point([0] * NOTICEABLE + [255] * (256 - NOTICEABLE))
        count = seen.histogram()[255]
        if count <= SHARE * one.size[0] * one.size[1]:
            return ()
        return (f"{count} pixels differ, within {seen.getbbox()}",)
