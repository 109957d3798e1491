"""The catalogue as files: out and back in without loss, and every fault with its row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.sites import (
    HostContact,
    HoursStatus,
    Known,
    Location,
    Quality,
    Site,
    SiteStatus,
    StepFree,
    Ticket,
)
from planner.errors import SourceFileError
from planner.paths import ROOT
from planner.services.catalogue.csv_file import BOM, to_csv
from planner.services.catalogue.geojson import read_geojson, to_geojson
from planner.services.catalogue.importing import ImportPlan, RowKind, plan_import
from planner.services.catalogue.reading.file import read_file
from planner.services.catalogue.record import NUMBER_COLUMNS
from planner.services.catalogue.rules import RuleContext, problems_of, tidy
from planner.store.catalogue import StoredSite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.services.travel.town import Town

TODAY = dt.date(2026, 11, 23)
ANYWHERE = RuleContext(TODAY)
SHIPPED = ROOT / "data" / "sites.geojson"

HOSTILE = (
    '<script>alert("x")</script>',
    "=1+1",
    "'=1+1",
    "''@SUM(A1)",
    "'",
    "-2",
    "+48 12 345",
    "@x",
    'a "quoted", part; with\nline ends\tand tabs',
    "{{ 7 * 7 }}",
    "ą;ć|ł",
)
letters = st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t\"';,=+-@<>&")
texts = st.one_of(st.sampled_from(HOSTILE), st.text(letters, max_size=40))
names = texts.filter(lambda text: text.strip())
local = st.fixed_dictionaries({}, optional={"pl": texts, "en": texts, "de": texts})
positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
hours = st.sampled_from(
    ("", "24/7", "Mo-Fr 08:00-16:00; PH off", '"by appointment"', "Sa 10:00-14:00,15:00-16:00")
)


@st.composite
def locations(draw: st.DrawFn) -> Location:
    quality = draw(st.sampled_from(Quality))
    if quality is Quality.NONE:
        return Location()
    widest = {Quality.EXACT: 30.0, Quality.NEAR: 100.0, Quality.AREA: 20_000.0}[quality]
    error_m = draw(st.floats(0.5, widest))
    return Location(draw(positions), quality, error_m)


@st.composite
def sites(draw: st.DrawFn) -> Site:
    dwell = draw(st.integers(1, 720))
    step_free = draw(st.sampled_from(StepFree))
    themes = draw(st.lists(st.text(letters, max_size=20), max_size=4))
    return Site(
        id=draw(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)),
        name={"pl": draw(names), **draw(local)}
        if draw(st.booleans())
        else {**draw(local), "en": draw(names)},
        location=draw(locations()),
        summary=draw(local),
        description=draw(local),
        notes=draw(local),
        address=draw(texts),
        themes=tuple(theme.replace(",", " ").replace(";", " ") for theme in themes),
        dwell_min=dwell,
        min_dwell_min=draw(st.integers(1, dwell)),
        opening_hours=draw(hours),
        hours_status=draw(st.sampled_from(HoursStatus)),
        step_free=step_free,
        step_free_status=draw(st.sampled_from(("unknown", "unconfirmed", "confirmed"))),
        outdoor=draw(st.booleans()),
        capacity=draw(st.none() | st.integers(1, 100_000)),
        host=draw(
            st.none() | st.builds(HostContact, texts, texts, st.sampled_from(("", "a@b.pl", "=@b.pl")))
        ),
        sources=tuple(draw(st.lists(texts, max_size=3))),
        licence=draw(texts),
        confirmed_on=draw(st.dates(dt.date(2000, 1, 1), TODAY)).isoformat(),
        status=draw(st.sampled_from(SiteStatus)),
        drop_off=draw(st.none() | positions),
        toilets=draw(st.sampled_from(Known)),
        water=draw(st.sampled_from(Known)),
        seats=draw(st.sampled_from(Known)),
        ticket=draw(st.sampled_from(Ticket)),
        ticket_price=draw(texts),
        ticket_where=draw(texts),
    )


catalogues = st.lists(
    sites().map(tidy).filter(lambda site: any(site.name.values())), max_size=4, unique_by=lambda s: s.id
)


def imported(data: bytes, stored: Iterable[Site] = (), context: RuleContext = ANYWHERE) -> ImportPlan:
    known = {site.id: StoredSite(site, 1, archived=False) for site in stored}
    return plan_import(read_file(data, known, context), known)


def sites_of(plan: ImportPlan) -> list[Site | None]:
    assert [row.row.problems for row in plan.rows if row.row.problems] == []
    return [row.row.site for row in plan.rows]


def geojson_bytes(found: list[Site]) -> bytes:
    return json.dumps(to_geojson(found, with_hosts=True), ensure_ascii=False).encode()


@pytest.mark.dear
@given(catalogues)
@settings(deadline=None)
def test_out_and_in_again_gives_the_same_sites(found: list[Site]) -> None:
    assert sites_of(imported(to_csv(found).encode())) == found
    assert sites_of(imported(geojson_bytes(found))) == found


@pytest.mark.dear
@given(catalogues, st.sampled_from(";\t"))
@settings(deadline=None)
def test_what_a_spreadsheet_saves_in_its_own_way_is_read_as_well(found: list[Site], mark: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(found).removeprefix(BOM), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows)
    data = out.getvalue()
    assert sites_of(imported(data.encode())) == found
    assert sites_of(imported(data.encode("utf-16"))) == found


@pytest.mark.dear
@given(catalogues)
@settings(deadline=None)
def test_no_cell_of_text_runs_as_a_formula(found: list[Site]) -> None:
    for row in csv.DictReader(io.StringIO(to_csv(found).removeprefix(BOM), newline="")):
        for column, cell in row.items():
            assert column in NUMBER_COLUMNS or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(sites())
def test_tidying_twice_is_tidying_once(site: Site) -> None:
    assert tidy(tidy(site)) == tidy(site)


def test_the_shipped_catalogue_comes_back_as_it_is() -> None:
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))["features"]
    found = read_geojson(SHIPPED)
    assert to_geojson(found, with_hosts=True)["features"] == shipped
    assert sites_of(imported(to_csv(found).encode())) == found
    assert [problem for site in found for problem in problems_of(site, ANYWHERE)] == []


def test_cp1250_with_semicolons_and_decimal_commas(skawina: Town) -> None:
    text = "ID;Name_PL;lat;lon;outdoor;confirmed_on\r\nzab;Żabia „Górka”;49,97548;19,82609;TAK;22.11.2026\r\n"
    plan = imported(text.encode("cp1250"), context=RuleContext(TODAY, skawina))
    (site,) = sites_of(plan)
    assert site is not None
    assert plan.file.encoding == "cp1250"
    assert site.name["pl"] == "Żabia „Górka”"
    assert site.location == Location((19.82609, 49.97548), Quality.NEAR, 100.0)
    assert (site.outdoor, site.confirmed_on) == (True, "2026-11-22")


def rows_of(count: int) -> tuple[list[str], list[list[str]]]:
    base = read_geojson(SHIPPED)
    many = [replace(base[i % 40], id=f"site-{i}") for i in range(count)]
    header, *rows = csv.reader(io.StringIO(to_csv(many).removeprefix(BOM), newline=""))
    return header, rows


@pytest.mark.parametrize("count", [400, pytest.param(5_000, marks=pytest.mark.slow)])
def test_many_rows_with_a_broken_row_17(skawina: Town, count: int) -> None:
    header, rows = rows_of(count)
    rows[15][header.index("dwell_min")] = "half an hour"
    rows[15][header.index("opening_hours")] = "weekdays"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([header, *rows])
    data = out.getvalue().encode("cp1250", errors="replace")
    plan = imported(data, context=RuleContext(TODAY, skawina))
    (broken,) = [row for row in plan.rows if row.kind is RowKind.BROKEN]
    assert broken.row.number == 17
    named = [(one.column, one.code) for one in broken.row.problems]
    assert named == [("dwell_min", "not_number"), ("opening_hours", "bad_hours")]
    assert plan.count(RowKind.NEW) == count - 1
    assert plan.is_sound, "the others are not held back"


def test_a_file_says_what_it_changes_and_leaves_the_rest() -> None:
    stored = read_geojson(SHIPPED)
    text = "id,capacity,themes\nmuzeum,25,heritage\nrynek,,public-space\nnowy,,\n,,\n"
    text = text.replace("nowy,,", "nowy-plac,5,")
    plan = imported(text.encode(), stored)
    assert [row.kind for row in plan.rows[:1]] == [RowKind.CHANGED]
    assert plan.rows[0].columns == ("capacity",)
    changed = plan.rows[0].row.site
    assert changed is not None
    before = next(site for site in stored if site.id == "muzeum")
    assert changed == replace(before, capacity=25)
    assert plan.rows[2].row.problems[0].column == "name_pl"
    assert len(plan.rows) == 3
    assert plan.untouched == 38


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"lat": "49.97"}, "lon", "half_position"),
        ({"lat": "19.82609", "lon": "49.97548"}, "lat", "swapped"),
        ({"lat": "52.23", "lon": "21.01"}, "lat", "outside"),
        ({"lat": "north", "lon": "19.8"}, "lat", "not_number"),
        ({"lat": "49.97548", "lon": "19.82609", "quality": "exact", "error_m": "80"}, "error_m", "range"),
        ({"quality": "exact"}, "quality", "no_position"),
        ({"lat": "49.97548", "lon": "19.82609", "quality": "area"}, "error_m", "required"),
        ({"dwell_min": "12.5"}, "dwell_min", "not_whole"),
        ({"dwell_min": "721"}, "dwell_min", "range"),
        ({"dwell_min": "10", "min_dwell_min": "20"}, "min_dwell_min", "over_dwell"),
        ({"opening_hours": "Mon-Fri 8-16 maybe"}, "opening_hours", "bad_hours"),
        ({"step_free": "perhaps"}, "step_free", "choice"),
        ({"outdoor": "sometimes"}, "outdoor", "choice"),
        ({"confirmed_on": "2026-13-01"}, "confirmed_on", "bad_date"),
        ({"confirmed_on": "2026-11-24"}, "confirmed_on", "future_date"),
        ({"status": "confirmed"}, "confirmed_on", "date_for_claim"),
        ({"host_email": "nobody"}, "host_email", "bad_email"),
        ({"id": "Rynek Główny"}, "id", "bad_id"),
        ({"name_pl": ""}, "name_pl", "required"),
        ({"name_en": "x" * 201}, "name_en", "too_long"),
        ({"notes_pl": "a\x07b"}, "notes_pl", "unshowable"),
    ],
)
def test_each_fault_is_named_with_its_column(
    cells: dict[str, str], column: str, code: str, skawina: Town
) -> None:
    row = {"id": "plac", "name_pl": "Plac", **cells}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, row)
    writer.writeheader()
    writer.writerow(row)
    (planned,) = imported(out.getvalue().encode(), context=RuleContext(TODAY, skawina)).rows
    assert planned.kind is RowKind.BROKEN
    assert (column, code) in [(one.column, one.code) for one in planned.row.problems]


def test_ids_are_made_once_and_never_taken_twice() -> None:
    plan = imported("name_pl\nŻółty Młyn\nŻółty Młyn\nRynek\n".encode(), read_geojson(SHIPPED))
    assert [row.row.site and row.row.site.id for row in plan.rows] == ["zolty-mlyn", "zolty-mlyn", "rynek"]
    assert [[one.code for one in row.row.problems] for row in plan.rows] == [[], ["twice"], ["name_taken"]]
    archived = {"stary": StoredSite(Site("stary", {"pl": "Stary"}), 3, archived=True)}
    (row,) = plan_import(read_file(b"id,name_pl\nstary,Nowy\n", archived, ANYWHERE), archived).rows
    assert [one.code for one in row.row.problems] == ["archived_id"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"a\n1\n",
        b"{}",
        b'{"features": 3}',
        b"[" * 100_000,
        b"{\xff}",
        b"id,ID\na,b\n",
        b"\x81\x8f",
    ],
)
def test_what_is_no_catalogue_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(SourceFileError):
        imported(data)


@pytest.mark.parametrize(
    ("feature", "code"),
    [
        (7, "not_a_feature"),
        ({"properties": {}, "geometry": {"type": "Line", "coordinates": [1, 2]}}, "not_a_point"),
        ({"properties": {"name": {"pl": "A"}, "dwell_min": "x"}, "geometry": None}, "invalid"),
        (
            {"properties": {"name": {"pl": "A"}}, "geometry": {"type": "Point", "coordinates": [1e400, 1]}},
            "no_position_on_earth",
        ),
        ({"properties": {"name": {"pl": "\ud800"}}, "geometry": None}, "unshowable"),
    ],
)
def test_broken_features_are_named(feature: object, code: str) -> None:
    data = json.dumps(
        {"features": [{"id": "b", "properties": {"name": {"pl": "B"}}, "geometry": None}, feature]}
    )
    plan = imported(data.encode())
    assert plan.rows[0].kind is RowKind.NEW
    assert plan.rows[1].row.number == 2
    assert code in [one.code for one in plan.rows[1].row.problems]


def test_what_would_be_lost_is_told() -> None:
    plan = imported(b"id,name_pl,colour\nplac,Plac,red\n")
    assert plan.file.unread == ("colour",)
    feature = {
        "id": "b",
        "geometry": None,
        "properties": {"name": {"pl": "B"}, "colour": 1, "host": {"fax": "2"}},
    }
    assert imported(json.dumps({"features": [feature]}).encode()).file.unread == ("colour", "host.fax")
