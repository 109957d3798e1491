"""A visit as KML 2.2: a folder for each day, with its stops, and its ways in the colours of our maps.

How a day goes if it rains is a folder of its own behind it, which programs show when it is switched on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from planner.domain.clock import TownClock
from planner.outputs.files.content.text import one_line
from planner.outputs.files.content.told import if_it_rains, stop_lines, stop_title
from planner.outputs.look import LEG_MODES, LOOK, PARTY_INKS, PARTY_LOOKS
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat
    from planner.outputs.files.content.plan import FileDay, FileLeg, FilePlan, FileStop

NAMESPACE = "http://www.opengis.net/kml/2.2"
WIDTH = "5"


def kml_file(plan: FilePlan) -> bytes:
    """Return the file; needs an application context."""
    with force_locale(plan.language):
        root = _Writer(plan).document()
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


class _Writer:
    """Writes one plan. Parties have colours of their own, by their place among those of the day."""

    def __init__(self, plan: FilePlan) -> None:
        self.plan = plan
        self.clock = TownClock(plan.timezone)

    def document(self) -> ET.Element:
        root = ET.Element("kml", {"xmlns": NAMESPACE})
        document = ET.SubElement(root, "Document")
        _put(document, "name", one_line(self.plan.title))
        _put(document, "description", "\n".join((self.plan.version, *self.plan.rests.lines)))
        ink = LOOK["colours"]["map-route"]["light"]
        for name, colour in {**dict.fromkeys(LEG_MODES, ink), **PARTY_INKS}.items():
            style = ET.SubElement(document, "Style", {"id": f"way-{name}"})
            line = ET.SubElement(style, "LineStyle")
            _put(line, "color", _abgr(colour))
            _put(line, "width", WIDTH)
        for day in self.plan.days:
            self._day(document, day)
            if day.rain:
                self._day(document, day.rain)
        return root

    def _day(self, document: ET.Element, day: FileDay) -> None:
        folder = ET.SubElement(document, "Folder")
        _put(folder, "name", day.label)
        if day.is_only_if:
            _put(folder, "visibility", "0")
        if told := [text for text in (day.version, *day.doubts) if text]:
            _put(folder, "description", "\n".join(told))
        for stop in day.stops:
            self._stop(folder, day, stop)
        for party in day.parties:
            look = PARTY_LOOKS[day.parties.index(party) % len(PARTY_LOOKS)]
            for leg in day.legs_of(party):
                self._leg(folder, day, leg, look if party else "")

    def _stop(self, folder: ET.Element, day: FileDay, stop: FileStop) -> None:
        mark = self._mark(folder, day, f"{stop.number}. {stop_title(stop)}")
        if stop.address:
            _put(mark, "address", one_line(stop.address))
        _put(mark, "description", "\n".join((stop.times, *stop_lines(stop))))
        self._span(mark, stop.start, stop.leave)
        if stop.at:
            _put(ET.SubElement(mark, "Point"), "coordinates", _position(stop.at))

    def _leg(self, folder: ET.Element, day: FileDay, leg: FileLeg, look: str) -> None:
        lines = [piece for piece in leg.pieces if len(piece.geometry) > 1]
        if not lines:
            return
        name = leg.told[0]
        if leg.party:
            name = f"{gettext('Party %(name)s', name=leg.party)}: {name}"
        mark = self._mark(folder, day, name)
        _put(mark, "description", "\n".join(leg.told))
        self._span(mark, leg.depart, leg.arrive)
        _put(mark, "styleUrl", f"#way-{look or lines[0].look}")
        ways = mark if len(lines) == 1 else ET.SubElement(mark, "MultiGeometry")
        for piece in lines:
            line = ET.SubElement(ways, "LineString")
            _put(line, "tessellate", "1")
            _put(line, "coordinates", " ".join(map(_position, piece.geometry)))

    def _mark(self, folder: ET.Element, day: FileDay, name: str) -> ET.Element:
        """A mark of a day; one that holds only if it rains says so, and is not shown at first."""
        mark = ET.SubElement(folder, "Placemark")
        _put(mark, "name", if_it_rains(day, one_line(name)))
        if day.is_only_if:
            _put(mark, "visibility", "0")
        return mark

    def _span(self, mark: ET.Element, begin: Instant, end: Instant) -> None:
        span = ET.SubElement(mark, "TimeSpan")
        _put(span, "begin", self.clock.local(begin).isoformat())
        _put(span, "end", self.clock.local(end).isoformat())


def _put(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _position(at: LonLat) -> str:
    return f"{at[0]:.6f},{at[1]:.6f}"


def _abgr(colour: str) -> str:
    """Return a colour of the web as KML writes it: opacity, blue, green, red."""
    return f"ff{colour[5:7]}{colour[3:5]}{colour[1:3]}"
