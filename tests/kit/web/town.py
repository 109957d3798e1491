"""A town that fits on paper: ulica Długa runs north along 20° E, ulica Krótka meets it at 50.003° N.

On the design's sphere (radius 6 371 009 m) a thousandth of a degree of
latitude is 111.195 m, so along Długa:

    A  50.000    0.0 m   site `alfa`
    B  50.003  333.6 m   sites `beta` and `gamma`, at one and the same point
    C  50.010 1111.9 m   site `delta`
"""

from __future__ import annotations

from planner.domain.sites import HostContact, HoursStatus, Location, Quality, Site, SiteStatus

A, B, C = (20.0, 50.0), (20.0, 50.003), (20.0, 50.01)
A_TO_B_M, A_TO_C_M = 333.585, 1111.951

OSM = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="by hand">
  <node id="1" lat="50.0" lon="20.0"/>
  <node id="2" lat="50.003" lon="20.0"/>
  <node id="3" lat="50.01" lon="20.0"/>
  <node id="4" lat="50.003" lon="20.002"/>
  <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
    <tag k="highway" v="residential"/><tag k="name" v="Długa"/></way>
  <way id="11"><nd ref="2"/><nd ref="4"/>
    <tag k="highway" v="residential"/><tag k="name" v="Krótka"/></way>
</osm>
"""


def site(slug: str, at: tuple[float, float] | None, dwell_min: int) -> Site:
    """An open square: no doors, nothing unconfirmed."""
    return Site(
        slug,
        {"pl": slug.title(), "en": slug.title()},
        Location(at, Quality.EXACT, 10) if at else Location(),
        dwell_min=dwell_min,
        hours_status=HoursStatus.NOT_APPLICABLE,
        host=HostContact("Jan Ukryty", "+48 111 222 333", "ukryty@example.org"),
        status=SiteStatus.OPEN_SPACE,
    )


SITES = (
    site("alfa", A, 10),
    site("beta", B, 15),
    site("gamma", B, 25),
    site("delta", C, 5),
    site("nowhere", None, 30),
)
