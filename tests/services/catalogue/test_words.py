"""Finding, naming and placing sites: what people type is understood."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.sites import Location, Quality, Site, SiteStatus
from planner.services.catalogue.editing import differences, take_now
from planner.services.catalogue.positions import parse_position, position_text
from planner.services.catalogue.record import read_record
from planner.services.catalogue.rules import RuleContext, tidy
from planner.services.catalogue.search import SiteQuery, SiteState, offered, search
from planner.services.catalogue.text import fold, free_slug, slug
from planner.store.catalogue import StoredSite

if TYPE_CHECKING:
    from planner.services.travel.town import Town

TODAY = dt.date(2026, 11, 23)
ANYWHERE = RuleContext(TODAY)
positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@pytest.mark.dear
@pytest.mark.parametrize(
    "text",
    [
        "49.97548, 19.82609",
        "19.82609, 49.97548",
        "49,97548 19,82609",
        "49.97548,19.82609",
        "49,97548; 19,82609",
        "N 49.97548 E 19.82609",
        "19.82609°E 49.97548°N",
        "49° 58' 31.728\" N, 19° 49' 33.924\" E",
        "49°58′31.728″ 19°49′33.924″",
    ],
)
def test_positions_as_people_type_them(text: str, skawina: Town) -> None:
    at, problems = parse_position(text, RuleContext(TODAY, skawina))
    assert problems == []
    assert at == pytest.approx((19.82609, 49.97548), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("here", "not_a_position"),
        ("49.97548", "not_a_position"),
        ("1, 2, 3", "not_a_position"),
        ("52.2297, 21.0122", "outside"),
        ("N 19.82609 E 49.97548", "swapped"),
        ("95, 19.8", "no_position_on_earth"),
    ],
)
def test_positions_that_cannot_be_are_told(text: str, code: str, skawina: Town) -> None:
    at, problems = parse_position(text, RuleContext(TODAY, skawina))
    assert at is None
    assert [problem.code for problem in problems] == [code]


@given(positions.map(lambda at: (round(at[0], 7), round(at[1], 7))))
def test_a_shown_position_reads_back(at: tuple[float, float]) -> None:
    assert parse_position(position_text(at), ANYWHERE) == (at, []) or abs(at[0]) <= 90


def test_search_finds_without_accents_in_both_languages() -> None:
    found = {
        site.id: StoredSite(site, 1, archived=site.id == "w")
        for site in (
            Site("l", {"pl": "Leżajsk", "en": "Lizhensk"}, address="ul. Łódzka 3"),
            Site("m", {"pl": "Łódź"}, themes=("mobility",), status=SiteStatus.CONFIRMED),
            Site("w", {"pl": "Żółw"}),
        )
    }
    words = {"mobility": "Mobilność Mobility"}

    def ids(text: str, **more: object) -> list[str]:
        query = replace(SiteQuery(text, theme_words=words), **more)  # type: ignore[arg-type]
        return [one.site.id for one in search(found.values(), query, "pl").sites]

    assert ids("lezajsk") == ids("LEŻAJSK") == ids("lizh") == ids("  hens ") == ["l"]
    assert ids("lodz") == ["l", "m"]
    assert ids("lodz mobilnosc") == ["m"]
    assert ids("zolw") == []
    assert ids("", state=SiteState.ARCHIVED) == ["w"]
    assert ids("", state=SiteState.UNCONFIRMED) == ["l"]
    assert ids("", theme="mobility") == ["m"]


def test_sites_are_offered_by_their_ids_too_in_the_order_they_come() -> None:
    sites = (
        Site("zolw-2", {"pl": "Żółw"}, address="ul. Łódzka 3"),
        Site("a", {"pl": "Łódź", "en": "Lodz"}, themes=("mobility",)),
    )

    def ids(text: str) -> list[str]:
        return [site.id for site in offered(sites, text)]

    assert ids("LODZ") == ["zolw-2", "a"]
    assert ids("zolw-2") == ["zolw-2"]
    assert ids("lodz mobility") == ["a"]
    assert ids("mobilność") == [], "themes are found by their keys alone"
    assert ids("") == ids("  ") == []


def test_slugs() -> None:
    assert slug("Zażółć gęślą jaźń – Łódź (2)") == "zazolc-gesla-jazn-lodz-2"
    assert slug("Київ!") == "miejsce"
    assert len(slug("bardzo " * 40)) <= 60
    assert free_slug("Rynek", {"rynek", "rynek-2"}) == "rynek-3"
    assert fold("Straße ÆØ") == "strasse aeo"


@pytest.mark.parametrize(
    ("name", "folded", "made"),
    [
        ("Pałacyk „Sokół”", "palacyk „sokol”", "palacyk-sokol"),
        ("Dom Kultury – Łąkowa 3", "dom kultury – lakowa 3", "dom-kultury-lakowa-3"),
        ("Großer Müllerweg", "grosser mullerweg", "grosser-mullerweg"),
        ("Österreich-Haus", "osterreich-haus", "osterreich-haus"),
        ("O’Brien", "o’brien", "o-brien"),
        ("Площа Ринок", "площа ринок", "miejsce"),
        ("Їдальня Київ", "ідальня киів", "miejsce"),
        ("Львів Lwów", "львів lwow", "lwow"),
    ],
)
def test_ids_and_searches_of_three_languages_stay(name: str, folded: str, made: str) -> None:
    """A library that spells Cyrillic in ASCII would give other ids and find other sites than are stored."""
    assert fold(name) == folded
    assert slug(name) == made


def test_names_and_summaries_are_one_line_and_longer_texts_keep_theirs() -> None:
    typed = {"pl": " Dwie\r\nlinie "}
    site = tidy(Site("a", typed, Location(), summary=typed, description=typed, notes=typed))
    assert (site.name["pl"], site.summary["pl"]) == ("Dwie linie", "Dwie linie")
    assert (site.description["pl"], site.notes["pl"]) == ("Dwie\nlinie", "Dwie\nlinie")


def test_two_versions_are_joined_field_by_field() -> None:
    now = tidy(Site("a", {"pl": "Stara"}, Location((19.8, 49.9), Quality.EXACT, 20), address="Nowa 1"))
    yours = tidy(replace(now, name={"pl": "Nowa"}, location=Location(), address="Twoja 2"))
    assert [one.name for one in differences(now, yours)] == ["name_pl", "address", "place"]
    joined, problems = read_record(take_now(yours, now, ["place", "name_pl"]), now)
    assert problems == []
    assert joined == replace(now, address="Twoja 2")


@given(st.text())
def test_folding_the_quick_way_is_folding(text: str) -> None:
    own = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
    apart = unicodedata.normalize("NFKD", text.casefold().translate(own))
    assert fold(text) == "".join(letter for letter in apart if not unicodedata.combining(letter))


@given(st.lists(st.text(alphabet=" a,;\n\tą"), min_size=4, max_size=4))
def test_a_row_is_read_as_tidy_as_it_is_kept(cells: list[str]) -> None:
    names = ("name_de", "name_pl", "themes", "sources")
    site, _ = read_record(dict(zip(names, cells, strict=True)))
    assert tidy(site) == site
    assert list(site.name)[:2] == ["pl", "en"]
    assert all(part == part.strip() != "" for part in (*site.themes, *site.sources))
