"""A phone without signal: what was kept opens, and nothing but our own word removes it."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import expect

from planner.services.visits.publish import publish
from planner.store import visits as store
from planner.web.frame.context import services
from tests.browser.conftest import PHONE
from tests.kit.browser.gate import Gate, Mode
from tests.kit.chromium import BY_NAME
from tests.kit.web.parties_desk import accepted, split_desk
from tests.kit.web.releases import Links, change_link, links_of_sample, released_visit
from tests.kit.web.served import free_port, serve_here
from tests.web.conftest import NOW, closed, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STORES = "async () => (await caches.keys()).sort()"


@dataclass
class Net:
    """A service of its own behind a gate, which can be stopped and started at one address."""

    app: Flask
    gate: Gate
    port: int
    links: Links

    @contextmanager
    def up(self) -> Iterator[str]:
        """Run it for a while."""
        with serve_here(self.gate, self.port) as address:
            yield f"{address}/v/{self.links.participant}"

    def publish_again(self) -> None:
        """Publish the sample once more, with another title."""
        with self.app.app_context(), services().database.writing() as session:
            row = store.sample_visit(session)
            assert row is not None
            visit = replace(store.draft(session, row), title={"en": "Another title", "pl": "Inny tytuł"})
            publish(session, services().town, row, visit, NOW)


@pytest.fixture
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Net]:
    """The sample visit behind a gate."""
    app = skawina_application(tmp_path_factory.mktemp("net"))
    yield Net(app, Gate(app), free_port(), links_of_sample(app))
    closed(app)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone."""
    context = chromium.new_context(**PHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def kept(page: Page, address: str) -> None:
    """Open the page and wait until it says that it works without signal."""
    page.goto(f"{address}?lang=en")
    expect(page.locator("[data-said]")).to_contain_text("Works without signal")


def saved(page: Page, name: str) -> bytes:
    """Click a link, and give the file that it saves."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).last.click()
    return Path(download.value.path()).read_bytes()


def test_the_day_opens_without_the_service(net: Net, page: Page) -> None:
    with net.up() as address:
        kept(page, address)
        assert page.context.cookies() == []
    page.reload()
    expect(page.locator(".away")).to_contain_text("No signal: this is the copy of")
    expect(page.locator("#stop-5 .row__name")).to_be_visible()
    expect(page.locator(".visit-stop__disc")).to_have_count(5)
    page.locator("a[hreflang=pl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator(".visit-stop__disc")).to_have_count(5)
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    page.goto(f"{address}/print?lang=en")
    expect(page.locator(".sheet__page").first).to_contain_text("Skawina: from the station to the park")
    page.goto(f"{address}/files?lang=en")
    assert saved(page, "Map").startswith(b"<!doctype html>")
    assert b"<gpx" in saved(page, "GPX")
    page.goto(f"{address}/paper?lang=en")
    pdf = page.locator("a[href*='day.pdf'][href*='language=en']").first
    assert saved(page, pdf.inner_text()).startswith(b"%PDF")
    page.goto(f"{address}/plan.zip?lang=en")
    expect(page.get_by_role("heading")).to_have_text("No signal")
    assert page.evaluate("Object.keys(localStorage).every((key) => /^(lang|theme|seen .*)$/.test(key))")


@pytest.mark.slow
def test_a_withdrawn_link_takes_what_was_kept_with_it(net: Net, page: Page) -> None:
    with net.up() as address:
        kept(page, address)
        assert page.evaluate(STORES) != []
        seen = "Object.keys(localStorage).filter((name) => name.startsWith('seen'))"
        assert page.evaluate(seen) == [f"seen /v/{net.links.participant}"]
        change_link(net.app, net.links.participant, revoked=True)
        answer = page.reload()
        assert answer is not None
        assert answer.status == 410
        assert page.evaluate(STORES) == []
        assert page.evaluate(seen) == []
        assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


@pytest.mark.slow
@pytest.mark.parametrize("mode", [Mode.PORTAL, Mode.MOVED, Mode.BROKEN])
def test_a_portal_is_not_taken_for_the_service(net: Net, page: Page, mode: Mode) -> None:
    with net.up() as address:
        kept(page, address)
        before = page.evaluate(STORES)
        net.gate.mode = mode
        page.reload()
        expect(page.locator("#stop-5 .row__name")).to_be_visible()
        expect(page.locator(".away")).to_be_visible()
        assert page.evaluate(STORES) == before


@pytest.mark.slow
def test_an_update_cut_off_leaves_the_old_copy(net: Net, page: Page) -> None:
    with net.up() as address:
        kept(page, address)
        net.publish_again()
        net.gate.mode, net.gate.cuts = Mode.CUT, r"day=1&lang=pl"
        page.reload()
        expect(page.locator("[data-said]")).to_contain_text("A newer copy did not come through")
    page.reload()
    expect(page.locator("h1")).to_have_text("Skawina: from the station to the park")
    expect(page.locator(".visit-stop__disc")).to_have_count(5)
    net.gate.mode = Mode.OPEN
    with net.up():
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.get_by_role("button", name="Show it").click()
        expect(page.locator("h1")).to_have_text("Another title")
        expect(page.locator("[data-said]")).to_contain_text("Works without signal")
        assert len(page.evaluate(STORES)) == 2
    page.reload()
    expect(page.locator("h1")).to_have_text("Another title")


@pytest.mark.slow
def test_what_an_older_program_kept_is_shown_until_a_new_copy_is_whole(net: Net, page: Page) -> None:
    with net.up() as address:
        kept(page, address)
        page.evaluate(
            """async (path) => {
              const note = `visit ${path}`;
              const kept = await (await caches.match(`${path}/in-use`, { cacheName: note })).json();
              const old = await caches.open(`copy ${path} older`);
              const body = "<!doctype html><html lang=en><title>Old</title><link rel=stylesheet " +
                "href=/static/dist/old.css><h1>Of an older program</h1>";
              const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
              const hash = [...new Uint8Array(digest).subarray(0, 16)]
                .map((byte) => byte.toString(16).padStart(2, "0")).join("");
              const url = `${path}?day=1&lang=en`;
              await old.put(url, new Response(body, { headers: { "Content-Type": "text/html" } }));
              const list = { ...kept.list, version: "older", entries: [
                { url, hash, what: "page", day: 1, party: "", lang: "en" }] };
              await caches.delete(`copy ${path} ${kept.list.version}`);
              const told = Response.json({ form: 1, list, at: kept.at });
              await (await caches.open(note)).put(`${path}/in-use`, told);
            }""",
            f"/v/{net.links.participant}",
        )
    page.reload()
    expect(page.locator("h1")).to_have_text("Of an older program")
    with net.up() as address:
        kept(page, address)
        assert len([name for name in page.evaluate(STORES) if name.startswith("copy")]) == 1


@pytest.mark.slow
def test_each_link_has_a_store_of_its_own_and_the_rest_is_not_answered(net: Net, page: Page) -> None:
    with net.app.app_context(), services().database.session() as session:
        row = store.sample_visit(session)
        assert row is not None
        visit = store.draft(session, row)
    other = released_visit(net.app, visit)
    with net.up() as address:
        kept(page, address)
        kept(page, address.replace(net.links.participant, other.participant))
        stores = page.evaluate(STORES)
        for token in (net.links.participant, other.participant):
            assert len([name for name in stores if token in name]) == 2
        change_link(net.app, other.participant, revoked=True)
        page.reload()
        assert [name for name in page.evaluate(STORES) if other.participant in name] == []
        scopes = page.evaluate(
            """async () => (await navigator.serviceWorker.getRegistrations())
              .map((one) => new URL(one.scope).pathname)"""
        )
        assert scopes == [f"/v/{net.links.participant}"]
        page.goto(address.partition("/v/")[0] + "/sign-in")
        assert page.evaluate("navigator.serviceWorker.controller") is None


@pytest.mark.slow
def test_the_next_morning_along_the_route_without_signal(net: Net, page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    with net.up() as address:
        kept(page, address)
    morning = dt.datetime(2026, 11, 30, 9, 31, tzinfo=ZoneInfo("Europe/Warsaw"))
    page.clock.install(time=morning)
    page.goto(f"{address}?lang=en")
    expect(page.locator("[data-card]:visible")).to_contain_text("On the way to")
    places = [row.get_attribute("data-at") or "" for row in page.locator(".row--stop").all()[:2]]
    (lat, lon), (to_lat, to_lon) = (map(float, place.split(",")) for place in places)
    page.locator("#lost").evaluate("box => { box.open = true; }")
    page.locator("[data-lost-locate]").evaluate("button => button.click()")
    metres: list[int] = []
    for part in (0.0, 0.4, 0.8):
        at = {"latitude": lat + part * (to_lat - lat), "longitude": lon + part * (to_lon - lon)}
        page.context.set_geolocation({**at, "accuracy": 8})  # type: ignore[arg-type]
        far = page.locator("[data-lost-far]")
        expect(far).to_contain_text(re.compile(r"\d+\sm in a straight line"))
        if metres:
            expect(far).not_to_contain_text(re.compile(rf"^{metres[-1]}\s"))
        metres.append(int(far.inner_text().split()[0]))
    assert metres == sorted(metres, reverse=True)
    assert metres[-1] < metres[0] / 2


@pytest.mark.slow
def test_by_http_the_page_says_that_offline_and_position_need_https(net: Net, page: Page) -> None:
    with net.up() as address:
        page.goto(f"{address.replace('127.0.0.1', BY_NAME)}?lang=en")
        expect(page.locator("[data-said]")).to_contain_text("This page came by http.")
        page.locator("#lost").evaluate("box => { box.open = true; }")
        page.locator("[data-lost-locate]").click()
        only = "Only a page that came by https may know where the phone is."
        expect(page.locator("[data-lost-far]")).to_have_text(only)
        expect(page.locator("[data-locate]")).to_be_disabled()
        expect(page.locator("#stop-5 .row__name")).to_be_visible()


@pytest.mark.slow
def test_a_partys_day_opens_without_the_service_and_shows_links_when_it_is_over(net: Net, page: Page) -> None:
    visit = replace(accepted(split_desk(net.app)), thanks={"en": "Thanks\nPhotos https://example.org/p"})
    links = released_visit(net.app, visit)
    with net.up() as address:
        party = address.replace(net.links.participant, links.participant)
        page.goto(f"{party}?party=B&lang=en")
        expect(page.locator("[data-said]")).to_contain_text("Works without signal")
        expect(page.locator("[data-after]")).to_be_hidden()
    page.clock.install(time=dt.datetime(2026, 12, 7, 21, 0, tzinfo=ZoneInfo("Europe/Warsaw")))
    page.goto(f"{party}?party=B&lang=en")
    expect(page.locator(".party-choice [aria-current=page]")).to_contain_text("B")
    expect(page.locator("[data-after] a")).to_have_text("Photos")
    page.goto(f"{party}/print?party=B&lang=en")
    expect(page.locator(".sheet__page").first).to_contain_text("B")
