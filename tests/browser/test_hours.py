"""The editor of hours in real Chromium: by mouse, finger and keys, for a stop of a visit."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from planner.domain.clock import TownClock
from planner.domain.hours.school import read_school_calendar
from planner.domain.hours.spans import Almanac, spans_of
from planner.paths import ROOT
from planner.web import create_app
from tests.browser.conftest import PHONE, Watched, watched
from tests.kit.browser.organiser import barriers, inspect, kept_of_link
from tests.kit.web.desk import Desk, open_desk
from tests.kit.web.served import serve_here
from tests.kit.web.signing_in import link_for
from tests.web.conftest import closed, settings_in, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

WINDOW = {"viewport": {"width": 1280, "height": 900}, "locale": "pl-PL"}


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application that is served, with the clock of today."""
    folder = tmp_path_factory.mktemp("hours")
    closed(skawina_application(folder))
    app = create_app(settings_in(folder))
    yield app
    closed(app)


@pytest.fixture(scope="module")
def address(own_app: Flask) -> Iterator[str]:
    with serve_here(own_app) as served:
        yield served


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, own_app: Flask, address: str) -> Any:
    return kept_of_link(chromium, address + link_for(own_app, "anna"))


@pytest.fixture
def desk(own_app: Flask) -> Desk:
    """A visit on Monday, 7 December 2026, with the museum and a meal."""
    made = open_desk(own_app)
    made.change("add_site", site="muzeum")
    made.change("add_place", kind="meal", name="Obiad")
    return made


@pytest.fixture
def watch(
    chromium: Browser, signed_in: Any, address: str, request: pytest.FixtureRequest
) -> Iterator[Watched]:
    options = getattr(request, "param", WINDOW)
    with watched(chromium, address, storage_state=signed_in, **options) as found:
        yield found


def panel_of(watch: Watched, desk: Desk, stop: str) -> Locator:
    """The panel of a stop's hours, opened."""
    page = watch.open(f"/visits/{desk.visit_id}")
    page.wait_for_function("() => window.visitEditor")
    inspect(page, f"#show-{stop}")
    page.click(f"#hours-more-{stop} > summary")
    return page.locator(f"#hours-more-{stop}")


def saved(page: Page) -> None:
    page.evaluate("() => window.visitEditor.idle()")


@pytest.mark.slow
def test_hours_of_a_stop_set_by_rows_change_what_is_said_of_it(watch: Watched, desk: Desk) -> None:
    panel = panel_of(watch, desk, "s1")
    page = watch.page
    stop = page.locator("#stop-item-s1")
    expect(panel.locator("[data-hours-week]")).to_contain_text("09:00–16:00")
    expect(stop.locator(".disc--fail")).to_have_count(0)

    panel.locator("[data-add]").click()
    panel.locator("[data-from]").fill("08:00")
    panel.locator("[data-to]").fill("09:20")
    panel.locator("[data-shut][value=PH]").click()
    expect(page.locator("#hours-s1")).to_have_value("Mo-Fr 08:00-09:20; PH off")
    expect(panel.locator(".week tr").first).to_contain_text("08:00–09:20")
    expect(panel.locator(".week tr").nth(5)).to_contain_text("zamknięte")
    page.locator("#hours-save-s1").click()
    expect(stop.locator(".disc--fail")).to_have_count(1)
    expect(stop.locator(".tt__alert--fail").first).to_contain_text("09:20")
    assert desk.draft().days[0].stops[0].hours == "Mo-Fr 08:00-09:20; PH off"

    saved(page)
    expect(panel.locator(".hours__row")).to_have_count(2)
    panel.locator("[data-more]").first.click()
    panel.locator("[data-from]").nth(1).fill("10:00")
    panel.locator("[data-to]").nth(1).fill("16:00")
    page.locator("#hours-save-s1").click()
    expect(stop.locator(".disc--fail")).to_have_count(0)
    expect(stop.locator(".tt__wait")).to_have_count(1)
    saved(page)
    assert desk.draft().days[0].stops[0].hours == "Mo-Fr 08:00-09:20,10:00-16:00; PH off"

    panel.locator("#hours-clear-s1").click()
    expect(stop.locator(".tt__wait")).to_have_count(0)
    saved(page)
    assert desk.draft().days[0].stops[0].hours == ""
    expect(page.locator("#hours-s1")).to_have_value("")


@pytest.mark.slow
def test_what_is_typed_survives_another_change_and_a_refusal(watch: Watched, desk: Desk) -> None:
    panel = panel_of(watch, desk, "s1")
    page = watch.page
    page.fill("#hours-s1", "Mo-Fr 08:00-12:00,13:00-16:00; SH off")
    expect(panel.locator(".hours__row")).to_have_count(2)
    page.locator("#show-m1").press("Alt+ArrowUp")
    expect(page.locator(".stop").first).to_have_attribute("data-stop", "m1")
    saved(page)
    expect(page.locator("#hours-s1")).to_have_value("Mo-Fr 08:00-12:00,13:00-16:00; SH off")
    expect(panel.locator(".hours__row")).to_have_count(2)
    page.fill("#hours-s1", "nine to five")
    expect(panel.locator(".notice--fail")).to_be_visible()
    expect(panel.locator("[data-too-rich]")).to_be_visible()
    page.locator("#hours-save-s1").click()
    expect(page.locator("#fault-hours-s1")).to_be_in_viewport()
    expect(page.locator("#hours-s1")).to_have_value("nine to five")
    watch.faults = [fault for fault in watch.faults if "422" not in fault]
    assert desk.draft().days[0].stops[1].hours == ""


@pytest.mark.slow
def test_a_meal_gets_its_hours_by_keys_alone(watch: Watched, desk: Desk) -> None:
    panel = panel_of(watch, desk, "m1")
    page = watch.page
    expect(panel.locator("[data-hours-week]")).not_to_be_empty()
    panel.locator("[data-add]").focus()
    page.keyboard.press("Enter")
    expect(panel.locator("[data-day][value=Mo]")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#hours-m1")).to_have_value("We-Fr 08:00-16:00")
    panel.locator("[data-kind]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#hours-m1")).to_have_value('We-Fr 08:00-16:00 "by appointment"')
    panel.locator("[data-remove]").focus()
    page.keyboard.press("Enter")
    expect(panel.locator("[data-add]")).to_be_focused()
    expect(page.locator("#hours-m1")).to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#hours-m1")).to_have_value("24/7")
    page.locator("#hours-save-m1").focus()
    page.keyboard.press("Enter")
    saved(page)
    assert desk.draft().days[0].stops[1].hours == "24/7"
    expect(page.locator("#hours-save-m1")).to_be_focused()


@pytest.mark.slow
@pytest.mark.parametrize("watch", [PHONE], indirect=True)
def test_on_a_phone_nothing_is_too_wide_or_too_small(watch: Watched, desk: Desk) -> None:
    panel = panel_of(watch, desk, "s1")
    page = watch.page
    panel.locator("[data-copy]").tap()
    panel.locator("[data-more]").first.tap()
    panel.locator("[data-shut][value=SH]").tap()
    expect(page.locator("#hours-s1")).to_have_value("Mo-Fr 09:00-16:00; PH,SH off")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    small = """(panel) => Array.from(panel.querySelectorAll(
            "button, select, summary, label:has(input), input:not([type=hidden], [type=checkbox])"))
        .filter((one) => one.offsetParent)
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
        .filter(([, height]) => height < 43)"""
    assert panel.evaluate(small) == []
    assert barriers(page) == []


@pytest.mark.slow
def test_without_a_script_the_rule_is_typed(
    chromium: Browser, signed_in: Any, address: str, desk: Desk
) -> None:
    with watched(chromium, address, storage_state=signed_in, java_script_enabled=False, **WINDOW) as plain:
        page = plain.open(f"/visits/{desk.visit_id}")
        page.click("#show-s1")
        page.click("#hours-more-s1 > summary")
        assert page.locator("#hours-more-s1 .hours__editor").is_hidden()
        page.fill("#hours-s1", "Mo-Fr 08:00-09:20")
        page.click("#hours-save-s1")
        expect(page.locator("#stop-item-s1 .disc--fail")).to_have_count(1)
    assert desk.draft().days[0].stops[0].hours == "Mo-Fr 08:00-09:20"


PLAIN = [
    "24/7",
    "off",
    '"by appointment"',
    "Mo-Fr 08:00-16:00",
    "Mo-Fr 08:00-16:00; PH off",
    "Mo-Fr 08:00-12:00,13:00-16:00; Sa 10:00-14:00; PH,SH off",
    'Mo-Fr 08:00-16:00; Sa "by appointment"',
    'Mo,We 09:00-12:00 "by appointment"; PH off',
    'Mo-Fr 08:00-12:00, Mo-Fr 12:00-16:00 "by appointment"',
    "Mo-Su 09:00-17:00; SH 10:00-12:00; PH off",
    "Fr,Sa 20:00-24:00; Su 22:00-02:00",
    "24/7; PH off",
    "SH 10:00-12:00",
]
OTHER = {
    "Fr-Mo 22:00-02:00": "Mo,Fr-Su 22:00-02:00",
    "Mo-Su 08:00-16:00; Sa,Su off": "Mo-Fr 08:00-16:00; Sa,Su off",
    "8:00-16:00": "Mo-Su 08:00-16:00",
    "Mo-Fr 20:00-26:00": "Mo-Fr 20:00-02:00",
    "Mo-Fr 08:00-15:00; PH off; SH off": "Mo-Fr 08:00-15:00; PH,SH off",
    "Mo, Fr 08:00-15:00;": "Mo,Fr 08:00-15:00",
    "Mo-Fr,PH 10:00-12:00": "Mo-Fr 10:00-12:00; PH 10:00-12:00",
}
TOO_RICH = [
    "Apr-Oct Mo 10:00-12:00",
    "PH off; Mo-Fr 08:00-16:00",
    "PH off; SH 10:00-12:00",
    'Mo-Fr 08:00-16:00 "free entry"',
    'Mo-Fr 08:00-16:00 || "by appointment"',
    "Mo - Fr 08:00-15:00",
    "sunrise-sunset",
    "Mo[1] 10:00-12:00",
    "week 1-20 Mo 10:00-12:00",
    "Mo-Fr 25:00-26:00",
    "Mo-Fr 10:00+",
    "unknown",
    "SH Mo-Fr 10:00-12:00",
]


AGAIN = """
import { read, write } from "./static/js/hours/rule.js";
const rules = JSON.parse(process.argv[1]);
console.log(JSON.stringify(rules.map((rule) => { const rows = read(rule); return rows && write(rows); })));
"""


def rewritten(rules: Iterable[str]) -> dict[str, str | None]:
    """Each rule as the editor's rows write it again; None where they cannot say it."""
    asked = list(rules)
    command = ["node", "--input-type=module", "-e", AGAIN, json.dumps(asked)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(zip(asked, json.loads(done.stdout), strict=True))


def test_rows_say_what_the_rule_says() -> None:
    assert rewritten(PLAIN) == {rule: rule for rule in PLAIN}
    assert rewritten(OTHER) == OTHER
    assert rewritten(TOO_RICH) == dict.fromkeys(TOO_RICH)
    clock, first = TownClock("Europe/Warsaw"), dt.date(2026, 12, 18)
    almanac = Almanac("PL", read_school_calendar("covers 2026-12-01/2027-01-31, 2026-12-23/2026-12-31"))
    for rule, written in OTHER.items():
        for later in range(21):
            day = first + dt.timedelta(days=later)
            assert spans_of(written, day, clock, almanac) == spans_of(rule, day, clock, almanac), rule
