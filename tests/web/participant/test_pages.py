"""The pages by secret link, in both languages: what every page must be, what opens, what stays secret."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.sites import HostContact, HoursStatus, Location, Quality, Site, SiteStatus
from planner.domain.visits import PlaceRef, Stop
from planner.paths import ROOT
from planner.services.visits.publish import released
from planner.web import create_app
from planner.web.frame.context import services
from planner.web.frame.headers import mask
from planner.web.links import opened, still
from planner.web.paper import by_link
from tests.kit.web.hostile import EVIL, RYNEK, hostile_visit, small_visit
from tests.kit.web.pages import Page, PageClient
from tests.kit.web.releases import Links, change_link, released_visit
from tests.web.conftest import NOW, settings_in

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.kit.web.calls import Api

LANGUAGES = ("pl", "en")
KINDS = ("visit", "visit on paper", "guide", "guide on paper")

HOSTED = Site(
    "dom-z-gospodarzem",
    {"pl": "Dom z gospodarzem", "en": "A house with a host"},
    Location(RYNEK, Quality.EXACT, 10),
    hours_status=HoursStatus.NOT_APPLICABLE,
    host=HostContact("Zenobia Kryjówka", "+48 777 666 555", "zenobia@kryjowka.example"),
    status=SiteStatus.CONFIRMED,
)
SECRETS = ("Zenobia", "Kryj", "777 666", "+48", "kryjowka")


@pytest.fixture(params=range(4), ids=KINDS)
def number(request: pytest.FixtureRequest) -> int:
    """Each of the four pages of a visit in turn."""
    return int(request.param)


@pytest.mark.dear
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_visit_is_as_pages_must_be(
    pages: PageClient, sample: Links, number: int, language: str
) -> None:
    page = pages.get(sample.pages[number], language)
    title = {"pl": "Skawina: od dworca do parku", "en": "Skawina: from the station to the park"}[language]
    assert page.one("h1").text.strip() == title
    assert page.one("title").text.startswith(title)
    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    robots = [one.attributes["content"] for one in page.all("meta") if one.attributes.get("name") == "robots"]
    assert robots == ["noindex, nofollow"]
    assert "private" in page.response.headers["Cache-Control"]
    assert "© OpenStreetMap contributors" in page.text
    assert "ODbL" in page.text
    assert set(times_of(pages.app, sample)) <= set(re.findall(r"\d\d:\d\d", page.text))
    assert not re.search(r"&amp;(amp|lt|gt|quot|#\d+);", page.html), "escaped twice"


def times_of(app: Flask, links: Links) -> list[str]:
    """When a visit's only day begins, when each stay begins and ends, and the minute in which all is over."""
    with app.app_context(), services().database.session() as session:
        content = released(session, links.participant, "participant", NOW)
        assert content is not None
        (itinerary,) = content.itineraries
        stays = [moment for call in itinerary.calls for moment in (call.start, call.leave)]
        assert not any(moment % 60 for moment in (itinerary.start, *stays))
        moments = (itinerary.start, *stays, itinerary.finish + -itinerary.finish % 60)
        return [f"{services().town.clock.local(moment):%H:%M}" for moment in moments]


@pytest.mark.dear
def test_an_id_names_one_element(pages: PageClient, sample: Links, number: int) -> None:
    ids = pages.get(sample.pages[number]).ids
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_is_as_pages_must_be(pages: PageClient, language: str) -> None:
    pages.get("/", language)


@pytest.mark.dear
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_speaks_one_language(pages: PageClient, sample: Links, number: int, language: str) -> None:
    text = pages.get(sample.pages[number], language).text
    words = {"pl": {"Mapa", "osób", "wersja"}, "en": {"Map", "people", "version"}}
    other = "en" if language == "pl" else "pl"
    found = {*re.findall(r"\w+", text)} | {*re.findall(r"\w+", text.lower())}
    assert words[language] <= found
    assert not words[other] & found


def test_a_link_sets_no_cookie_and_its_pages_keep_the_language(pages: PageClient, sample: Links) -> None:
    page = pages.get(sample.pages[0], "en")
    ways = [link.attributes.get("href", "") for link in page.all("a")]
    others = [way for way in ways if "/print" in way]
    assert others
    assert all("lang=en" in address for address in others)
    again = pages.client.get(sample.pages[1], headers={"Cookie": "lang=en"})
    assert Page(sample.pages[1], again).one("html").attributes["lang"] == "pl"
    assert not any("Set-Cookie" in answer.headers for answer in (page.response, again))
    fresh = PageClient(pages.app).client
    asked = fresh.get(sample.pages[0], headers={"Accept-Language": "de,en;q=0.5"})
    assert Page(sample.pages[0], asked).one("html").attributes["lang"] == "en"
    assert {"Accept-Language", "Accept-Encoding"} == set(asked.vary.as_set(preserve_casing=True))
    unsaid = fresh.get(sample.pages[0])
    for other in ("de", "de-AT,uk;q=0.7"):
        lacking = PageClient(pages.app).client.get(sample.pages[0], headers={"Accept-Language": other})
        assert Page(sample.pages[0], lacking).one("html").attributes["lang"] == "en"
    assert Page(sample.pages[0], unsaid).one("html").attributes["lang"] == "pl"


OWED = {"/accessibility", "/privacy", "/contact"}
"""What a public office owes everybody, at the foot of every page."""


def test_the_pages_of_a_link_lead_to_each_other_only(pages: PageClient, sample: Links, number: int) -> None:
    path = sample.pages[number]
    others = (
        {f"{path}/{name}" for name in ("print", "paper", "files", "map.html")}
        if number % 2 == 0
        else {path.removesuffix("/print")}
    )
    if number == KINDS.index("guide"):
        others |= {f"{path}/live", f"{path}/hosts"}
    if number == KINDS.index("visit"):
        others |= {f"{path}/marks"}
    page = pages.get(path)
    inside = {
        link.attributes["href"].partition("?")[0]
        for link in page.all("a")
        if link.attributes.get("href", "").startswith("/")
    }
    assert inside == others | OWED


def test_the_guide_gets_no_participants_address_and_the_other_way_round(
    pages: PageClient, sample: Links, number: int
) -> None:
    html = pages.get(sample.pages[number]).html
    assert (sample.participant in html) == (number < 2)
    assert (sample.guide in html) == (number >= 2)


@pytest.mark.dear
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "token",
    [
        *("wrong", "a" * 4_000, "%ff%fe", "<script>"),
        *(
            pytest.param(token, marks=pytest.mark.slow)
            for token in ("A" * 24, "%00", "ąę", "..", "%2e%2e", "' OR 1=1 --", "💥")
        ),
    ],
)
def test_a_wrong_token_is_a_page_that_says_so(pages: PageClient, token: str, language: str) -> None:
    for path in (f"/v/{token}", f"/v/{token}/print", f"/g/{token}", f"/g/{token}/print"):
        page = pages.get(path, language, status=404)
        assert "<script>" not in page.html
        robots = [
            one.attributes["content"] for one in page.all("meta") if one.attributes.get("name") == "robots"
        ]
        assert "noindex" in robots[0]


def test_a_token_opens_its_own_kind_only(pages: PageClient, sample: Links) -> None:
    for path in (f"/v/{sample.guide}", f"/g/{sample.participant}"):
        pages.get(path, status=404)
        pages.get(f"{path}/print", status=404)


def test_a_changed_token_opens_nothing(pages: PageClient, sample: Links) -> None:
    token = sample.participant
    swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
    for other in (swapped, token[:-1], token + "A", token.swapcase(), token + "="):
        pages.get(f"/v/{other}", status=404)


@pytest.mark.slow
def test_a_withdrawn_link_opens_nothing_and_the_other_still_does(app: Flask, pages: PageClient) -> None:
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef("rynek"))))
    for path in links.pages:
        pages.get(path)
    change_link(app, links.participant, revoked=True)
    for path in links.pages[:2]:
        pages.get(path, status=410)
    for path in links.pages[2:]:
        pages.get(path)


@pytest.mark.dear
def test_a_link_ends_at_its_instant(app: Flask, pages: PageClient) -> None:
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef("rynek"))))
    change_link(app, links.guide, expires=NOW + 1)
    pages.get(links.pages[2])
    change_link(app, links.guide, expires=NOW)
    pages.get(links.pages[2], status=410)
    pages.get(links.pages[3], status=410)
    pages.get(links.pages[0])


# What the page holds, byte for byte


def test_the_same_visit_gives_everybody_the_same_bytes(app: Flask, pages: PageClient, sample: Links) -> None:
    for path in (sample.pages[0], sample.pages[2]):
        first, again = pages.get(path), PageClient(app).get(path)
        assert first.response.data == again.response.data
        assert "nonce" not in first.response.headers["Content-Security-Policy"]
        assert len(first.inline_scripts) == 2


@pytest.mark.dear
def test_two_processes_give_the_same_page_and_map(app_dir: Path, pages: PageClient, sample: Links) -> None:
    other = create_app(settings_in(app_dir), now=lambda: NOW)
    for path in (sample.pages[0], f"{sample.pages[0]}/map.js"):
        assert other.test_client().get(path).data == pages.client.get(path).data
    with other.app_context():
        services().database.close()


def test_pages_travel_compressed(pages: PageClient, sample: Links) -> None:
    plain = pages.client.get(sample.pages[0])
    packed = pages.client.get(sample.pages[0], headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.vary.as_set(preserve_casing=True)


@pytest.mark.dear
@pytest.mark.parametrize(
    "query",
    [
        *("day=-5", "day=x", "day=१", "lang=%ff", "day=" + "9" * 4_400),
        *(
            pytest.param(query, marks=pytest.mark.slow)
            for query in ("day=99999999999999999999", "day=0", "day=%00", "day=1&day=2", "day=", "day=1.5",
                          "lang=", "lang[]=pl", "lang=../..", "x=" + "y" * 3_000)
        ),
    ],
)  # fmt: skip
def test_an_odd_query_shows_the_day(pages: PageClient, sample: Links, number: int, query: str) -> None:
    response = pages.client.get(f"{sample.pages[number]}?{query}")
    assert response.status_code == 200
    page = Page(sample.pages[number], response)
    page.check(page.one("html").attributes["lang"])


@pytest.mark.dear
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_page_is_only_read(pages: PageClient, sample: Links, number: int, method: str) -> None:
    response = pages.client.open(sample.pages[number], method=method)
    assert 400 <= response.status_code < 500
    assert pages.client.head(sample.pages[number]).status_code == 200
    assert pages.client.options(sample.pages[number]).status_code == 200


# What must not be seen


def test_a_hosts_contact_is_shown_to_guides_alone_on_a_page_of_its_own(
    app: Flask, pages: PageClient, api: Api
) -> None:
    stop = Stop("a", place=PlaceRef(HOSTED.id), note={"pl": "Punktualnie.", "en": "On time."})
    links = released_visit(app, small_visit(stop), [HOSTED])
    everybody = [pages.get(path, language).html for path in links.pages for language in LANGUAGES]
    assert all(HOSTED.name["pl"] in html or HOSTED.name["en"] in html for html in everybody)
    assert HOSTED.host is not None
    assert HOSTED.host.phone in pages.get(f"{links.pages[2]}/hosts", "en").html
    shown = everybody
    place = {"site": HOSTED.id}
    day = {"date": "2026-12-02", "start": {"place": place, "time": "09:00"}, "stops": [{"place": place}]}
    shown += [
        api.client.get("/api/v1/sites").get_data(as_text=True),
        api.send("plan", day).get_data(as_text=True),
        api.send("route", {"from": place, "to": {"site": "rynek"}}).get_data(as_text=True),
        api.send("route", {"from": place, "to": {"site": "nix"}}).get_data(as_text=True),
    ]
    assert HOSTED.id in shown[-4]
    for text in shown:
        assert not [secret for secret in SECRETS if secret in text]


def test_a_contact_that_stands_in_the_catalogue_later_changes_nothing_that_is_published(
    app: Flask, pages: PageClient
) -> None:
    """A release is frozen: the site's new name does not reach it either."""
    site = replace(HOSTED, id="dom-przemianowany", host=None)
    links = released_visit(app, small_visit(Stop("a", place=PlaceRef(site.id))), [site])
    before = pages.get(links.pages[0], "en").text
    renamed = replace(site, name={"pl": "Inny dom", "en": "Another house"}, host=HOSTED.host)
    with app.app_context(), services().database.writing() as session:
        from planner.store.documents import to_json  # noqa: PLC0415 - used once
        from planner.store.models import SiteRow  # noqa: PLC0415

        row = session.get(SiteRow, site.id)
        assert row is not None
        row.document = to_json(renamed)
    assert pages.get(links.pages[0], "en").text == before


def test_a_token_is_in_no_log_also_when_all_breaks(
    app: Flask, sample: Links, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("broken on purpose")

    monkeypatch.setattr(opened, "released", broken)
    monkeypatch.setattr(still, "open_link", broken)
    monkeypatch.setattr(by_link, "printed_by_link", broken)
    client = app.test_client()
    with caplog.at_level(logging.DEBUG):
        for path in sample.pages:
            assert client.get(path).status_code == 500
    assert "broken on purpose" in caplog.text
    assert sample.participant not in caplog.text
    assert sample.guide not in caplog.text


@pytest.mark.parametrize("path", ["/v/{}", "/g/{}/print", "/v/{}/plan.pdf?lang=en"])
def test_werkzeugs_own_log_masks_tokens(app: Flask, sample: Links, path: str) -> None:
    del app  # making it installs the filter
    asked = path.format(sample.participant)
    record = logging.LogRecord("werkzeug", logging.INFO, __file__, 1, '"%s" %s', (f"GET {asked}", 200), None)
    assert logging.getLogger("werkzeug").filter(record)
    assert sample.participant not in record.getMessage()
    assert record.getMessage() == f'"GET {path.format("***")}" 200'
    assert mask("/static/visits/abcdefghijkl") == "/static/visits/abcdefghijkl"


# Texts that mean harm


@pytest.mark.dear
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_texts_are_only_texts(app: Flask, pages: PageClient, number: int, language: str) -> None:
    visit, site = hostile_visit()
    path = released_visit(app, visit, [site]).pages[number]
    page = pages.get(path, language)
    assert page.one("h1").text.strip() == EVIL.strip()
    assert "alert(2)</script>" not in page.html
    assert "<img src=x" not in page.html
    assert "49" not in re.findall(r"\d+", page.one("h1").text), "a template was run"
    if number % 2 == 0:
        script = pages.client.get(f"{path}/map.js?lang={language}").get_data(as_text=True)
        assert "<" not in script.replace("<=", "")
        assert "\u2028" not in script
        assert "{{ 7 * 7 }}" in script


def test_static_files_are_only_ours() -> None:
    """Nothing below static/ names another host to load from."""
    for file in (ROOT / "static").rglob("*.css"):
        if "vendor" not in file.parts:
            text = file.read_text(encoding="utf-8")
            others = text.replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?://|@import(?! url\(\"\.\./)", others), file
    for file in (ROOT / "static" / "js" / "map").glob("*.js"):
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"""["'`]https?://""", text), file
        assert "innerHTML" not in text, file
        assert "eval(" not in text, file


@pytest.mark.dear
@pytest.mark.parametrize("number", range(4), ids=KINDS)
def test_an_unchanged_page_is_not_sent_again(app: Flask, sample: Links, number: int) -> None:
    client = app.test_client()
    first = client.get(sample.pages[number])
    again = client.get(sample.pages[number], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Security-Policy" not in again.headers
    other = client.get(f"{sample.pages[number]}?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_wrong_method_is_told_the_right_ones(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/plan")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
