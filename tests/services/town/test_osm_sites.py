"""Sites from OpenStreetMap: all that is there, none twice, none over what a person edited."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import osmium
import pytest

from planner.domain.sites import HoursStatus, SiteStatus, StepFree, Ticket
from planner.services.catalogue.editing import archive_site, create_site, save_site
from planner.services.catalogue.rules import RuleContext
from planner.services.town.osm_sites import LICENCE, bring, offers
from planner.store.catalogue import catalogue_mark, stored_sites
from planner.streets.build.read.things import read_things
from planner.streets.things import Thing, kind_of
from tests.kit.streets.small import osm, spot

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from planner.services.travel.town import Town

CONTEXT = RuleContext(dt.date(2026, 11, 29))
NODES = {1: (0.0, 0.0), 2: (100.0, 0.0), 3: (100.0, 60.0), 4: (0.0, 60.0), 5: (300.0, 0.0)}
MUSEUM_TAGS = {
    "tourism": "museum", "name": "Muzeum Zamkowe", "name:en": "Castle Museum", "name:de": "Schlossmuseum",
    "opening_hours": "Tu-Su 10:00-16:00", "wheelchair": "yes", "website": "https://muzeum.example",
    "addr:street": "Zamkowa", "addr:housenumber": "1", "addr:city": "Małe", "fee": "yes",
}  # fmt: skip


def in_file(tmp_path: Path, **changed: str) -> list[Thing]:
    """A museum with a door, a park without, a fountain that has no name."""
    tags = {**MUSEUM_TAGS, **changed}
    text = osm(
        {number: at for number, at in NODES.items() if number != 2},
        {
            1: ((1, 2, 3, 4, 1), {key: value for key, value in tags.items() if value}),
            2: ((1, 5), {"highway": "residential"}),
        },
    )
    lon, lat = spot(*NODES[2])
    door = f'<node id="2" version="1" lat="{lat}" lon="{lon}"><tag k="entrance" v="main"/></node>'
    more = "".join(
        f'<node id="{number}" version="1" lat="49.97" lon="19.8{number}">'
        f'{named}<tag k="{key}" v="{value}"/></node>'
        for number, key, value, named in (
            (8, "leisure", "park", '<tag k="name" v="Park"/>'),
            (9, "amenity", "fountain", ""),
        )
    )
    file = tmp_path / "things.osm"
    file.write_text(text.replace("<way", f"{door}{more}<way", 1), encoding="utf-8")
    return read_things(file)


def museum(session: Session) -> str:
    return next(key for key, one in stored_sites(session).items() if one.site.name["pl"] == "Muzeum Zamkowe")


def test_what_a_site_says(tmp_path: Path, session: Session) -> None:
    park, castle = offers(session, in_file(tmp_path), CONTEXT)[::-1]
    if castle.thing.kind != "tourism=museum":
        park, castle = castle, park
    site = castle.site
    assert dict(site.name) == {"pl": "Muzeum Zamkowe", "en": "Castle Museum", "de": "Schlossmuseum"}
    assert site.location.at == spot(*NODES[2]), "its main door"
    assert (site.opening_hours, site.hours_status) == ("Tu-Su 10:00-16:00", HoursStatus.UNCONFIRMED)
    assert (site.step_free, site.step_free_status) == (StepFree.YES, "unconfirmed")
    assert site.status is SiteStatus.UNCONFIRMED
    assert (site.address, site.ticket) == ("Zamkowa 1, Małe", Ticket.NEEDED)
    assert site.sources == (
        "OpenStreetMap, unconfirmed https://www.openstreetmap.org/way/1",
        "Website https://muzeum.example",
    )
    assert site.licence == LICENCE
    assert park.site.outdoor
    assert not site.outdoor


def test_hours_that_cannot_be_read_are_none(tmp_path: Path, session: Session) -> None:
    things = in_file(tmp_path, opening_hours="ask at the door, maybe")
    (site,) = (one.site for one in offers(session, things, CONTEXT) if one.thing.osm_id == "w1")
    assert (site.opening_hours, site.hours_status) == ("", HoursStatus.UNKNOWN)


def test_imported_again_nothing_changes(tmp_path: Path, session: Session) -> None:
    things = in_file(tmp_path)
    first = bring(session, things, ["w1", "n8"], CONTEXT, 5)
    assert len(first.new) == 2
    mark = catalogue_mark(session)
    again = bring(session, things, ["w1", "n8"], CONTEXT, 6)
    assert (again.new, again.changed, again.unchanged) == ((), (), 2)
    assert catalogue_mark(session) == mark


def test_what_is_not_chosen_does_not_come(tmp_path: Path, session: Session) -> None:
    before = set(stored_sites(session))
    brought = bring(session, in_file(tmp_path), ["w1"], CONTEXT, 5)
    assert set(stored_sites(session)) - before == set(brought.new)
    assert len(brought.new) == 1


def test_an_edited_site_keeps_its_edits(tmp_path: Path, session: Session) -> None:
    bring(session, in_file(tmp_path), ["w1"], CONTEXT, 5)
    site_id = museum(session)
    stored = stored_sites(session)[site_id]
    mine = replace(
        stored.site, opening_hours="Mo-Fr 08:00-12:00", name={**stored.site.name, "en": "The Castle"}
    )
    save_site(session, mine, stored.version, 6)
    changed = {"opening_hours": "Mo-Su 09:00-18:00", "wheelchair": "no", "name:en": "Castle of the Museum"}
    brought = bring(session, in_file(tmp_path, **changed), ["w1"], CONTEXT, 7)
    now = stored_sites(session)[site_id].site
    assert brought.changed == (site_id,)
    assert now.opening_hours == "Mo-Fr 08:00-12:00"
    assert now.name["en"] == "The Castle"
    assert now.step_free is StepFree.NO, "what nobody edited is brought up to date"


def test_a_confirmed_site_and_one_put_away_stay(tmp_path: Path, session: Session) -> None:
    bring(session, in_file(tmp_path), ["w1", "n8"], CONTEXT, 5)
    site_id = museum(session)
    stored = stored_sites(session)[site_id]
    confirmed = replace(stored.site, status=SiteStatus.CONFIRMED, confirmed_on="2026-11-28")
    save_site(session, confirmed, stored.version, 6)
    park = next(key for key, one in stored_sites(session).items() if one.site.name["pl"] == "Park")
    archive_site(session, park, 6, archived=True)
    mark = catalogue_mark(session)
    brought = bring(session, in_file(tmp_path, wheelchair="no"), ["w1", "n8"], CONTEXT, 7)
    assert (brought.new, brought.changed) == ((), ())
    assert catalogue_mark(session) == mark


def test_a_site_that_may_be_there_already_is_named(tmp_path: Path, session: Session) -> None:
    things = in_file(tmp_path)
    offer = next(one for one in offers(session, things, CONTEXT) if one.thing.osm_id == "w1")
    mine = create_site(session, replace(offer.site, sources=()), 5)
    told = next(one for one in offers(session, things, CONTEXT) if one.thing.osm_id == "w1")
    assert (told.present, told.maybe) == ("", mine)


def counted(file: Path) -> dict[str, int]:
    """How many there are of each kind, by a plain look at every object."""
    found: dict[str, int] = {}
    names = {"Node": "n", "Way": "w", "Relation": "r"}
    for one in osmium.FileProcessor(str(file)):
        tags = {tag.k: tag.v for tag in one.tags}
        if tags.get("name", "").strip() and (kind := kind_of(tags)):
            found[names[type(one).__name__] + kind] = found.get(names[type(one).__name__] + kind, 0) + 1
    return found


@pytest.mark.dear
@pytest.mark.parametrize("name", ["monaco.osm.pbf", "krems.osm.gz"])
def test_as_many_as_pyosmium_counts(real_dir: Path, name: str) -> None:
    found: dict[str, int] = {}
    for thing in read_things(real_dir / name):
        key = thing.osm_id[0] + thing.kind
        found[key] = found.get(key, 0) + 1
    wanted = counted(real_dir / name)
    areas = {key for key in wanted if key.startswith("r")}
    assert {key: n for key, n in found.items() if key not in areas} == {
        key: n for key, n in wanted.items() if key not in areas
    }
    # a relation whose ways are not in the extract has no place
    assert all(found.get(key, 0) <= wanted[key] for key in areas)
    assert sum(found.values()) > 20


@pytest.mark.dear
def test_monaco_comes_and_comes_again(monaco: Town, real_dir: Path, session: Session) -> None:
    context = RuleContext(dt.date(2026, 11, 29), monaco)
    things = read_things(real_dir / "monaco.osm.pbf")
    chosen = [offer.thing.osm_id for offer in offers(session, things, context)]
    first = bring(session, things, chosen, context, 5)
    assert len(first.new) == len(chosen) > 50
    mark = catalogue_mark(session)
    assert bring(session, things, chosen, context, 6).unchanged == len(chosen)
    assert catalogue_mark(session) == mark
    names = [one.site.name for one in stored_sites(session).values()]
    assert any(name.get("fr") for name in names), "the country's language"
