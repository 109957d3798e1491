"""The files behind a link as they are served: who gets which, and the page that leads to them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from planner.domain.sites import HostContact, HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import Party, PlaceRef, Stop
from planner.services.visits.publish import publish
from planner.store import visits as store
from planner.web.participant import making
from tests.kit.taken import SECRETS
from tests.kit.web.hostile import EVIL, RYNEK, hostile_visit, small_visit
from tests.kit.web.pages import Page, PageClient
from tests.kit.web.parties_desk import accepted, split_desk
from tests.kit.web.releases import Links, change_link, released_visit
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from planner.domain.visits import Visit

FORMS = {
    "plan.ics": "text/calendar",
    "plan.gpx": "application/gpx+xml",
    "plan.kml": "application/vnd.google-earth.kml+xml",
    "plan.geojson": "application/geo+json",
    "plan.csv": "text/csv",
    "plan.json": "application/json",
    "plan.zip": "application/zip",
    "map.html": "text/html",
    "calendar.ics": "text/calendar",
}
MOST_MAP_BYTES = 600_000
TEXT = {"pl": SECRETS["notes"], "en": SECRETS["notes"]}
SECRET_SITE = Site(
    "dom-pelen-tajemnic",
    {"pl": "Dom pełen tajemnic", "en": "A house of secrets"},
    Location(RYNEK, Quality.EXACT, 10),
    notes=TEXT,
    hours_status=HoursStatus.NOT_APPLICABLE,
    host=HostContact(SECRETS["host"], SECRETS["phone"], SECRETS["email"]),
    sources=(SECRETS["source"],),
    licence=SECRETS["licence"],
    status=SiteStatus.CONFIRMED,
)


def files_on(page: Page) -> list[str]:
    """The addresses of the files that a page of files leads to."""
    return [
        node.attributes["href"]
        for node in page.all("a")
        if any(one.attributes.get("class") == "take__files" for one in node.ancestors())
    ]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def fetched(client: FlaskClient, path: str) -> TestResponse:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer


@pytest.mark.dear
@pytest.mark.parametrize("name", FORMS)
def test_every_file_opens_for_both_kinds_of_link(client: FlaskClient, sample: Links, name: str) -> None:
    for base in (f"/v/{sample.participant}", f"/g/{sample.guide}"):
        answer = fetched(client, f"{base}/{name}?lang=pl")
        assert answer.mimetype == FORMS[name]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert fetched(client, f"{base}/{name}?lang=pl").data == answer.data
        again = client.get(f"{base}/{name}?lang=pl", headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert sample.participant.encode() not in answer.data
        assert sample.guide.encode() not in answer.data


@pytest.mark.dear
@pytest.mark.parametrize("name", [*FORMS, "files"])
def test_a_link_that_is_wrong_or_withdrawn_opens_no_file(
    app: Flask, client: FlaskClient, sample: Links, name: str
) -> None:
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef("rynek"))))
    change_link(app, links.participant, revoked=True)
    assert client.get(f"/v/{links.participant}/{name}").status_code == 410
    for base in (f"/v/{sample.guide}", f"/g/{sample.participant}", "/v/wrong"):
        assert client.get(f"{base}/{name}").status_code == 404
    assert client.post(f"/v/{sample.participant}/{name}").status_code == 405


@pytest.mark.parametrize("form", ["html", "pdf", "ICS", "exe", "ics.bak"])
def test_there_are_no_other_files(client: FlaskClient, sample: Links, form: str) -> None:
    assert client.get(f"/v/{sample.participant}/plan.{form}").status_code == 404


def test_files_have_names_in_polish(app: Flask, client: FlaskClient) -> None:
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef("rynek")), title="Łódź: żółw"))
    header = fetched(client, f"/v/{links.participant}/plan.gpx?lang=pl").headers["Content-Disposition"]
    assert header == (
        'attachment; filename="Lodz zolw 2026-12-02.gpx"; '
        "filename*=UTF-8''%C5%81%C3%B3d%C5%BA%20%C5%BC%C3%B3%C5%82w%202026-12-02.gpx"
    )
    assert "Content-Disposition" not in fetched(client, f"/v/{links.participant}/calendar.ics").headers


def test_files_speak_the_language_asked_for(client: FlaskClient, sample: Links) -> None:
    base = f"/v/{sample.participant}"
    assert "Muzeum Regionalne" in fetched(client, f"{base}/plan.kml?lang=pl").text
    assert "Regional Museum" in fetched(client, f"{base}/plan.kml?lang=en").text


# What must not be seen


@pytest.fixture(scope="module")
def secretive(app: Flask) -> Links:
    """A visit with secrets wherever there is room for one."""
    visit = replace(
        small_visit(Stop("a", place=PlaceRef(SECRET_SITE.id)), Stop("b", place=PlaceRef("rynek"))),
        coordinator=f"{SECRETS['coordinator']}, {SECRETS['phone']}",
        parties=(Party("A", 10, SECRETS["guide"]), Party("B", 10, SECRETS["guide"])),
    )
    return released_visit(app, visit, [SECRET_SITE])


def texts(data: bytes) -> str:
    """What a file says, and what all files packed in it say."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode().replace("\r\n ", "")
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        return "\n".join(name + texts(bundle.read(name)) for name in bundle.namelist())


@pytest.mark.dear
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_no_participants_file_tells_what_is_private(
    client: FlaskClient, secretive: Links, name: str, language: str
) -> None:
    said = texts(fetched(client, f"/v/{secretive.participant}/{name}?lang={language}").data)
    assert "Dom pełen tajemnic" in said or "A house of secrets" in said
    assert [secret for secret in SECRETS.values() if secret in said] == []


def test_the_guides_zip_tells_no_host_and_the_notes(client: FlaskClient, secretive: Links) -> None:
    said = texts(fetched(client, f"/g/{secretive.guide}/plan.zip?lang=pl").data)
    assert SECRETS["host"] not in said
    assert SECRETS["notes"] in said
    assert SECRETS["source"] not in said


@pytest.mark.dear
@pytest.mark.parametrize("name", FORMS)
def test_hostile_texts_are_only_texts(app: Flask, client: FlaskClient, name: str) -> None:
    visit, site = hostile_visit()
    links = released_visit(app, visit, [site])
    data = fetched(client, f"/v/{links.participant}/{name}").data
    if name == "map.html":
        page = data.decode()
        assert "alert(2)</script>" not in page
        assert "<img" not in page.replace("<img>", "")
        assert page.count("<script>") == page.count("</script>") == 3
    if name == "plan.csv":
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
            assert len(row) == 12
    if name == "plan.geojson":
        names = [one["properties"].get("name", "") for one in json.loads(data)["features"]]
        assert EVIL.replace("\u2028", "").strip() in names


# Days, parties, releases


@pytest.fixture(scope="module")
def split(app: Flask) -> Visit:
    """An accepted rotation; tests only read it."""
    return accepted(split_desk(app))


@pytest.mark.dear
def test_a_party_and_a_day_are_asked_for_in_the_address(
    app: Flask, client: FlaskClient, split: Visit
) -> None:
    second = replace(split.days[0], date=split.days[0].date.replace(day=28), party_routes=())
    links = released_visit(app, replace(split, days=(*split.days, second)))
    base = f"/v/{links.participant}"

    def parties(query: str) -> set[tuple[str, str]]:
        rows = csv.reader(
            io.StringIO(fetched(client, f"{base}/plan.csv?lang=en{query}").data.decode("utf-8-sig")),
            delimiter=";",
        )
        return {(row[0][-2:], row[1]) for row in rows if row[2].isdigit()}

    first, other = split.days[0].date.isoformat()[-2:], "28"
    assert parties("") == {(first, ""), (first, "A"), (first, "B"), (first, "C"), (other, "")}
    assert parties("&party=B") == {(first, ""), (first, "B"), (other, "")}
    assert parties("&day=2") == {(other, "")}
    assert parties("&day=99&party=Z") == {(other, "")}
    with zipfile.ZipFile(io.BytesIO(fetched(client, f"{base}/plan.zip?lang=pl&party=B").data)) as bundle:
        assert len([name for name in bundle.namelist() if name.endswith(" B.html")]) == 2
    page = PageClient(app).get(f"{base}/files?party=B", "en")
    addresses = files_on(page)
    assert len(addresses) == 9
    assert all("party=B" in address for address in addresses)
    for address in addresses:
        fetched(client, address)


def test_a_new_release_changes_the_followed_calendar_and_its_tag(app: Flask, client: FlaskClient) -> None:
    stops = (Stop("a", place=PlaceRef("rynek")), Stop("b", place=PlaceRef("muzeum")))
    links = released_visit(app, small_visit(*stops))
    path = f"/v/{links.participant}/calendar.ics?lang=pl"
    before = fetched(client, path)
    with services_of(app).database.writing() as session:
        context = services_of(app)
        row = max(store.visit_rows(session, None), key=lambda row: row.id)
        publish(session, context.town, row, small_visit(*stops[:1]), context.now())
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    told = {
        str(event["UID"]): str(event["STATUS"]) for event in Calendar.from_ical(after.data).walk("VEVENT")
    }
    old = {str(event["UID"]) for event in Calendar.from_ical(before.data).walk("VEVENT")}
    assert set(told) == old
    assert sorted(told.values()) == ["CANCELLED", "CONFIRMED"]


def test_the_guides_events_are_others_than_the_participants(client: FlaskClient, sample: Links) -> None:
    pairs = ((f"/v/{sample.participant}"), (f"/g/{sample.guide}"))
    first, second = (
        {
            str(one["UID"])
            for one in Calendar.from_ical(fetched(client, f"{base}/plan.ics").data).walk("VEVENT")
        }
        for base in pairs
    )
    assert not first & second


# The map in one file, and the page


def test_the_map_is_one_light_file_that_asks_nobody(client: FlaskClient, sample: Links) -> None:
    page = fetched(client, f"/v/{sample.participant}/map.html?lang=pl").text
    assert len(page.encode()) <= MOST_MAP_BYTES
    assert not re.findall(r'<(?:script|img|iframe|object)[^>]*\ssrc=|<link[^>]*href="(?!data:)', page)
    assert not re.findall(r"url\((?!data:)", page.partition("</style>")[0])
    assert "sourceMappingURL" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]
    assert len(gzip.compress(page.encode())) < 100_000


def test_without_joined_painters_there_is_no_map_and_the_rest_is_there(
    app: Flask, client: FlaskClient, sample: Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "map_assets", lambda: None)
    base = f"/v/{sample.participant}"
    assert client.get(f"{base}/map.html").status_code == 404
    page = PageClient(app).get(f"{base}/files", "en")
    assert not [node for node in page.all("a") if "map.html" in node.attributes["href"]]
    with zipfile.ZipFile(io.BytesIO(fetched(client, f"{base}/plan.zip").data)) as bundle:
        assert not [name for name in bundle.namelist() if name.endswith(".html")]


@pytest.mark.dear
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_page_leads_to_every_file_and_says_how_large_each_is(
    app: Flask, client: FlaskClient, sample: Links, language: str
) -> None:
    pages = PageClient(app)
    for base in (f"/v/{sample.participant}", f"/g/{sample.guide}"):
        first = pages.get(base, language)
        (way,) = [
            node.attributes["href"] for node in first.all("a") if "/files" in node.attributes.get("href", "")
        ]
        page = pages.get(way, language)
        addresses = files_on(page)
        assert [address.partition("?")[0].rpartition("/")[2] for address in addresses] == [
            "plan.ics", "map.html", "plan.gpx", "plan.kml", "plan.csv", "plan.geojson", "plan.json",
            "plan.zip",
        ]  # fmt: skip
        sizes = [int(size) for size in re.findall(r"(\d+)\s(?:kB|KB)", page.text)]
        assert sizes == [max(1, round(len(fetched(client, one).data) / 1000)) for one in addresses]
        (followed,) = [
            node.attributes["href"] for node in page.all("a") if node.attributes["href"].startswith("webcal:")
        ]
        assert followed.startswith(f"webcal://localhost{base}/calendar.ics?")
        assert followed.replace("webcal://localhost", "http://localhost") in page.text
        fetched(client, followed.removeprefix("webcal://localhost"))
    words = {"pl": "raz na godzinę do raz na dobę", "en": "once an hour to once a day"}[language]
    assert words in page.text


def test_each_stop_with_a_place_leads_to_the_phones_own_navigation(app: Flask, sample: Links) -> None:
    page = PageClient(app).get(f"/v/{sample.participant}", "pl")
    ways = [node.attributes.get("href", "") for node in page.all("a")]
    geo = [way for way in ways if way.startswith("geo:")]
    apple = [way for way in ways if way.startswith("maps:")]
    assert len(geo) == len(apple) == 5
    assert geo[1] == "geo:49.976020,19.822480?q=49.976020,19.822480(Muzeum%20Regionalne)"
    assert apple[1] == "maps://?daddr=49.976020,19.822480&dirflg=w"
