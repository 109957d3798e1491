"""What a map draws at which scale, in which order and style, labelled how: said once, for all painters.

The words are in static/look.json: `npm run build` makes the same tables for the scripts, which paint on
screens; the sheets for paper are painted from these. A scale is told as a zoom of web maps, in which a
pixel is 0.2646 mm wide: paper at 1:10 000 shows what a screen shows at zoom 15.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, floor, log2, radians
from typing import TYPE_CHECKING

from planner.outputs.look import LOOK
from planner.streets.landmarks import LandmarkKind
from planner.streets.query.layers import LayerKind, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_WIDTH, LAST_WIDTH = 13, 19
"""The zooms of the first and the last width of a line."""

PX_MM = 25.4 / 96
METRES_PER_PX = 156_543.034
"""On the equator at zoom 0."""

CASING_PX = 1.0
FADES = (1.0, 0.6, 0.3)
"""How strong features are by their fade: the ground gets fainter where it ends."""


@dataclass(frozen=True)
class Lettering:
    """From which zoom on names are written, in pixels of which size, in which of the map's colours."""

    first_zoom: float
    size: float
    colour: str = "label"


@dataclass(frozen=True)
class Look:
    """How one kind of feature is drawn; `widths` are those of lines in pixels, none for areas."""

    kind: LayerKind
    colour: str
    first_zoom: float
    widths: tuple[float, ...] = ()
    lettering: Lettering | None = None

    def width(self, zoom: float) -> float:
        """How wide its line is in pixels; 0 is not drawn."""
        if not self.widths:
            return 0.0
        at = min(max(zoom, FIRST_WIDTH), LAST_WIDTH) - FIRST_WIDTH
        low = floor(at)
        high = min(low + 1, len(self.widths) - 1)
        return (
            self.widths[low] + (self.widths[high] - self.widths[low]) * (at - low) if self.widths[low] else 0
        )

    def is_drawn(self, zoom: float) -> bool:
        """Whether it is drawn at a zoom at all."""
        return zoom >= self.first_zoom and (self.kind.is_area or self.width(zoom) > 0)


@dataclass(frozen=True)
class Mark:
    """How a point is drawn: a path around 0,0 in pixels, '' for a name alone, and from which zoom on."""

    name: str
    first_zoom: float
    label_zoom: float
    size: float
    path: str = ""
    last_zoom: float = 99.0


def _look(kind: LayerKind, told: dict[str, object]) -> Look:
    label = told.get("label")
    lettering = None
    if isinstance(label, dict):
        lettering = Lettering(label["from"], label["size"], label.get("colour", "label"))
    widths = told.get("widths", ())
    return Look(kind, str(told["colour"]), float(told["from"]), tuple(widths), lettering)  # type: ignore[arg-type]


LOOKS: dict[LayerKind, Look] = {
    LayerKind[told["name"]]: _look(LayerKind[told["name"]], told) for told in LOOK["kinds"]
}
ORDER: tuple[str, ...] = tuple(LOOK["order"])
"""Steps of painting: a kind's name, or "casing:" or "ties:" and the name."""

LABEL_ORDER: tuple[str, ...] = tuple(LOOK["labels"])
MARKS: dict[str, Mark] = {
    told["name"]: Mark(
        told["name"], told["from"], told["label"], told["size"], told.get("path", ""), told.get("until", 99.0)
    )
    for told in LOOK["marks"]
}

MARK_OF: dict[MarkKind, str] = {kind: kind.name.lower() for kind in MarkKind}
LANDMARK_MARKS: dict[LandmarkKind, str] = {
    LandmarkKind.CHURCH: "church",
    LandmarkKind.WORSHIP: "hall",
    LandmarkKind.CASTLE: "castle",
    LandmarkKind.MANOR: "castle",
    LandmarkKind.TOWN_HALL: "hall",
    LandmarkKind.THEATRE: "hall",
    LandmarkKind.MUSEUM: "hall",
    LandmarkKind.STATION: "station",
    LandmarkKind.MONUMENT: "monument",
    LandmarkKind.FOUNTAIN: "fountain",
}
"""The shapes of the landmarks that have one of their own; all others are a small diamond."""


def steps_at(zoom: float) -> Iterator[tuple[str, Look]]:
    """Yield the steps of painting at a zoom, ("fill", "casing", "line" or "ties"; look), in their order."""
    for step in ORDER:
        what, _, name = step.rpartition(":")
        look = LOOKS[LayerKind[name]]
        if look.is_drawn(zoom) and (what != "ties" or zoom >= TIES_FROM):
            yield what or ("fill" if look.kind.is_area else "line"), look


TIES_FROM = 14.0


def zoom_of(mm_per_m: float, latitude: float) -> float:
    """The zoom of web maps at which a screen shows as much as paper of this scale."""
    return log2(METRES_PER_PX * cos(radians(latitude)) * mm_per_m / PX_MM)
