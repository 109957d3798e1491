"""A phone through the day, the clock moved by hand: the first screen, the map and back, what it is asked."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Route

    from tests.browser.conftest import Town, Watched

pytestmark = pytest.mark.browser

STATION = {"latitude": 49.9789, "longitude": 19.8189, "accuracy": 12}
LOCK = """
window.locks = 0;
Object.defineProperty(navigator, "wakeLock", { value: {
  request: async () => { window.locks += 1; return { release: async () => { window.locks -= 1; } }; } } });
"""


def at(clock_time: str) -> dt.datetime:
    """A time of the sample visit's day."""
    time = dt.time.fromisoformat(clock_time)
    return dt.datetime.combine(dt.date(2026, 11, 30), time, ZoneInfo("Europe/Warsaw"))


def seen_at(phone: Watched, town: Town, clock_time: str, query: str = "lang=en") -> Page:
    """The sample's page, opened at a time of the day; the clock goes on from there."""
    phone.page.clock.install(time=at(clock_time))
    return phone.open(f"{town.sample.pages[0]}?{query}")


def test_the_first_screen_follows_the_day(phone: Watched, town: Town) -> None:
    page = seen_at(phone, town, "07:40:10")
    card, left = page.locator("[data-card]:visible"), page.locator("[data-left]")
    expect(card).to_contain_text("Monday 30 November 2026 at 09:00")
    expect(card).to_contain_text("Skawina railway station")
    expect(left).to_have_text(re.compile(r"in 79\smin"))
    page.clock.fast_forward(92 * 60_000)
    expect(page.locator("[data-clock]")).to_have_text("09:12")
    expect(card).to_contain_text("until 09:26")
    expect(card).to_contain_text(re.compile(r"Then 3\smin on foot to Regional Museum: leave at 09:29"))
    expect(left).to_have_text(re.compile(r"leave in 1[67]\smin"))
    expect(page.locator("#stop-1")).to_have_attribute("aria-current", "step")
    page.clock.fast_forward(18 * 60_000)
    expect(card).to_contain_text("On the way to")
    expect(card).to_contain_text("Regional Museum")
    expect(left).to_have_text(re.compile("there in"))
    expect(page.locator("[aria-current=step]")).to_have_attribute("id", "way-1")
    page.clock.fast_forward(3 * 3600_000)
    expect(card).to_contain_text("Thank you for coming!")
    expect(left).to_be_hidden()
    assert page.locator("[data-card]:visible").count() == 1


@pytest.mark.slow
def test_what_is_true_now_stands_on_the_first_screen(phone: Watched, town: Town) -> None:
    page = seen_at(phone, town, "09:12", "lang=pl")
    box = page.locator(".now").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844 - 56
    expect(page.locator("[data-card]:visible")).to_contain_text("do 09:26")


@pytest.mark.slow
def test_a_tap_on_a_stop_leads_to_the_map_and_back(phone: Watched, town: Town) -> None:
    page = phone.open(f"{town.sample.pages[0]}?lang=en")
    page.locator("#stop-3 .row__there").tap()
    expect(page.locator(".leaflet-popup")).to_contain_text("3. Town Hall")
    expect(page.locator(".folium-map")).to_be_in_viewport()
    back = page.get_by_role("button", name="Back to stop 3")
    back.tap()
    expect(page.locator("#stop-3")).to_be_in_viewport()
    page.locator(".visit-stop", has_text="2").dispatch_event("click")
    expect(page.get_by_role("button", name="Back to stop 2")).to_be_visible()


@pytest.mark.slow
def test_the_own_position_stays_on_the_phone(phone: Watched, town: Town) -> None:
    phone.page.context.grant_permissions(["geolocation"])
    phone.page.context.set_geolocation(STATION)  # type: ignore[arg-type]
    page = seen_at(phone, town, "09:12")
    button = page.get_by_role("button", name="Where am I?")
    expect(button).to_be_visible()  # the map has come
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    button.tap()
    expect(page.locator("[data-near]")).to_have_text(re.compile(r"^\d+\sk?m to stop 1 in a straight line$"))
    expect(page.locator(".visit-me")).to_have_count(1)
    assert asked == []
    button.tap()
    expect(page.locator(".visit-me")).to_have_count(0)
    expect(page.locator("[data-near]")).to_be_empty()


@pytest.mark.slow
def test_a_button_goes_round_the_themes_and_the_phone_keeps_the_last(phone: Watched, town: Town) -> None:
    page = phone.open(f"{town.sample.pages[0]}?lang=en")
    button = page.get_by_role("button", name=re.compile("Colours"))
    html = page.locator("html")
    for theme, name in (("light", "light"), ("dark", "dark"), ("sun", "sunlight")):
        button.tap()
        expect(html).to_have_attribute("data-theme", theme)
        expect(button).to_have_text(f"Colours: {name}")
    page.reload()
    expect(html).to_have_attribute("data-theme", "sun")
    button.tap()
    expect(html).not_to_have_attribute("data-theme", re.compile("."))


@pytest.mark.slow
def test_the_screen_stays_on_while_it_is_asked_to(phone: Watched, town: Town) -> None:
    phone.page.add_init_script(LOCK)
    page = phone.open(f"{town.sample.pages[0]}?lang=en")
    button = page.get_by_role("button", name="Keep the screen on")
    assert page.evaluate("window.locks") == 0
    button.tap()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.locks") == 1
    button.tap()
    assert page.evaluate("window.locks") == 0


@pytest.mark.slow
def test_a_switch_of_the_language_keeps_the_place(phone: Watched, town: Town) -> None:
    page = phone.open(f"{town.sample.pages[0]}?lang=en")
    page.locator("#stop-4").evaluate("row => row.scrollIntoView({ behavior: 'instant' })")
    page.locator("a[hreflang=pl]").evaluate("link => link.click()")
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    assert page.url.endswith("#stop-4")
    expect(page.locator("#stop-4")).to_be_in_viewport()


@pytest.mark.slow
def test_what_has_changed_is_told_until_it_was_seen(phone: Watched, town: Town) -> None:
    path = town.sample.pages[0]
    lines = ["Town Hall: 10:30–11:05. Before: 10:15–10:50"]

    def newer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('data-version="1"', 'data-version="2"'))

    def told(route: Route) -> None:
        assert "since=1" in route.request.url
        route.fulfill(json={"version": 2, "lines": lines})

    phone.page.add_init_script("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
    page = phone.open(f"{path}?lang=en")
    box = page.locator("[data-changed]")
    expect(box).to_be_hidden()
    page.route(re.compile(f"{path}\\?"), newer)
    page.route(re.compile(f"{path}/changes"), told)
    page.reload()
    expect(box).to_contain_text(lines[0])
    box.get_by_role("button").tap()
    page.reload()
    expect(page.locator(".now")).to_be_visible()
    expect(box).to_be_hidden()


@pytest.mark.slow
def test_twice_as_large_the_first_screen_still_says_it(phone: Watched, town: Town) -> None:
    page = seen_at(phone, town, "09:12")
    page.set_viewport_size({"width": 320, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator("[data-card]:visible")).to_contain_text("until 09:26")


@pytest.mark.slow
def test_who_has_lost_the_group_is_led_back(phone: Watched, town: Town) -> None:
    granted = ["geolocation", "accelerometer", "gyroscope", "magnetometer"]
    phone.page.context.grant_permissions(granted)
    phone.page.context.set_geolocation(STATION)  # type: ignore[arg-type]
    page = seen_at(phone, town, "09:31")
    page.locator(".bar a[href='#lost']").tap()
    box = page.locator("#lost")
    expect(box).to_contain_text("On the way to: Regional Museum")
    box.get_by_role("button").tap()
    expect(box).to_contain_text(re.compile(r"\d+\sm in a straight line, to the south-east"))
    page.evaluate(
        "dispatchEvent(Object.assign(new Event('deviceorientationabsolute'), { absolute: true, alpha: 0 }))"
    )
    expect(box.locator("[data-lost-arrow]")).to_be_visible()
    expect(box.get_by_role("link", name="Navigate there")).to_have_attribute("href", re.compile("^geo:"))
    expect(box.get_by_role("link", name="Directions from")).to_have_attribute("href", re.compile("#way-1$"))
