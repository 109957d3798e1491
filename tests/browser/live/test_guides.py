"""Guides at large: without signal, behind a portal, two with one link, before the day; the desk, too."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from planner.domain.edits.stops import on_date
from tests.browser.conftest import PHONE
from tests.browser.live.test_day import press
from tests.kit.browser.gate import Gate, Mode
from tests.kit.browser.organiser import DESK, kept_of_link
from tests.kit.web.parties_desk import accepted, split_desk
from tests.kit.web.served import free_port, serve_here
from tests.kit.web.signing_in import give_password, link_for
from tests.web.conftest import NOW
from tests.web.live.conftest import CLOCK, DATE, at, released_for, three_stops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.live.conftest import Served, Stage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOGGED = re.compile(r'(is-undone)?"?><span class="time">([\d:]+)</span> <span>(Arrived|Left)')
"""What a guide's page says in its log: whether it is taken back, when it was, and what."""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A phone that keeps what it is told to."""
    context = chromium.new_context(**PHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def opened(page: Page, address: str, clock_time: str) -> None:
    """Open a link at a time of the day, and wait until its copy is on the phone."""
    page.clock.install(time=CLOCK.local(at(clock_time)))
    page.goto(f"{address}?lang=en")
    expect(page.locator("[data-said]")).to_contain_text("Works without signal")


def test_a_guide_without_signal_goes_on_and_all_is_sent_with_its_own_time(stage: Stage, phone: Page) -> None:
    gate, port = Gate(stage.day.app), free_port()
    stage.day.clock[0] = at("09:20")
    waiting = phone.locator("[data-queue]")
    step = phone.locator(".panel-live__step")
    with serve_here(gate, port) as here:
        address = f"{here}/g/{stage.day.links.guide}"
        opened(phone, address, "09:20")
        expect(step).to_contain_text("Leaving now")
        gate.mode = Mode.PORTAL
        phone.clock.fast_forward("03:30")
        step.tap()
        expect(waiting).to_have_text("1 waiting for a signal")
    phone.goto(f"{address}?lang=en")
    expect(phone.locator(".away")).to_be_visible()
    expect(waiting).to_have_text("1 waiting for a signal")
    expect(step).to_contain_text("We are here Regional Museum")
    phone.clock.fast_forward("10:00")
    step.tap()
    phone.get_by_role("button", name="Undo We are here").tap()
    expect(step).to_contain_text("We are here Regional Museum")
    phone.clock.fast_forward("04:00")
    step.tap()
    expect(waiting).to_have_text("4 waiting for a signal")
    expect(step).to_contain_text("Leaving now Regional Museum")
    stage.day.clock[0] = at("09:55")
    phone.clock.fast_forward("17:30")
    gate.mode = Mode.OPEN
    with serve_here(gate, port):
        phone.evaluate("dispatchEvent(new Event('online'))")
        expect(waiting).to_be_hidden()
        expect(phone.locator(".panel-live__place")).to_have_text("At Regional Museum")
    log = re.findall(LOGGED, stage.day.panel())
    assert log == [("", "09:37", "Arrived"), ("is-undone", "09:33", "Arrived"), ("", "09:23", "Left")]


def test_what_was_heard_last_is_there_without_signal(stage: Stage, phone: Page) -> None:
    stage.day.clock[0] = at("09:53")
    stage.day.press("left", "*start")
    with serve_here(stage.day.app) as here:
        address = f"{here}/v/{stage.day.links.participant}"
        opened(phone, address, "09:53")
        expect(phone.locator("[data-late]")).to_have_text("30\u00a0min late")
    phone.clock.fast_forward("04:00")
    phone.goto(f"{address}?lang=en")
    expect(phone.locator("#stop-1 .row__time")).to_have_text("09:58")
    expect(phone.locator("[data-fresh]")).to_have_text(re.compile(r"no signal: heard 4\smin ago"))


def test_a_release_on_the_day_is_offered_and_its_times_are_not_laid_over_other_stops(stage: Stage) -> None:
    stage.day.clock[0] = at("09:20")
    with stage.phone("v") as page:
        expect(page.locator("[data-newer]")).to_be_hidden()
        times = page.locator(".row--stop .row__time")
        before = times.all_inner_texts()
        visit = three_stops()
        first, *others = visit.days[0].stops
        changed = replace(visit, days=(replace(visit.days[0], stops=(others[1], others[0], first)),))
        stage.publish(changed)
        stage.day.press("left", "*start")
        page.clock.run_for(10_000)
        expect(page.locator("[data-newer]")).to_contain_text("A newer version has come.")
        expect(page.locator("[data-card]:visible")).to_contain_text("City Park")
        assert times.all_inner_texts() == before
        page.get_by_role("button", name="Show it").tap()
        expect(page.locator("#stop-1")).to_contain_text("City Park")
        expect(page.locator("[data-card]:visible")).to_contain_text("City Park")


def test_before_the_day_a_guide_tries_and_nobody_hears(stage: Stage) -> None:
    stage.day.clock[0] = NOW
    with stage.phone("v", day="1") as page, stage.phone("g", day="1") as guide:
        expect(guide.locator(".rehearsal")).to_contain_text("nobody is told")
        press(guide, "Leaving now")
        expect(guide.locator(".panel-live__place")).to_have_text("On the way to Regional Museum")
        with page.expect_response(re.compile("/live.json")):
            page.clock.run_for(75_000)
        expect(page.locator("#stop-1 .row__live")).to_have_count(0)
        expect(page.locator("[data-live]")).to_be_hidden()
        guide.get_by_role("button", name="Begin again").tap()
        expect(guide.locator(".panel-live__place")).to_contain_text("At Railway station")
        expect(guide.locator("#now")).to_be_attached()


def test_two_guides_do_not_undo_each_other(stage: Stage) -> None:
    stage.day.clock[0] = at("09:20")
    with stage.phone("g") as first, stage.phone("g") as second:
        press(first, "Skip next")
        undo = re.compile("^Undo")
        expect(first.get_by_role("button", name=undo)).to_contain_text("Skipped: Regional Museum")
        second.clock.run_for(10_000)
        expect(second.locator("[data-keep=stops] .is-skipped")).to_have_count(1)
        expect(second.get_by_role("button", name=undo)).to_have_count(0)
        stage.day.clock[0] = at("09:21")
        press(second, "+10")
        press(second, undo)
        first.clock.run_for(10_000)
        expect(first.locator("[data-keep=log] .is-undone")).to_have_count(1)
        expect(first.locator("[data-keep=stops] .is-skipped")).to_have_count(1)


def test_the_desk_sees_every_party_and_takes_back_what_was_said(served: Served, chromium: Browser) -> None:
    served.clock[0] = NOW
    visit = on_date(accepted(split_desk(served.app)), DATE)
    give_password(served.app, "zofia", "cztery zielone parasole nad rzeką")
    visit_id, tokens = released_for(served.app, visit, "zofia")
    served.clock[0] = at("09:00")
    state = kept_of_link(chromium, served.address + link_for(served.app, "zofia"))
    context = chromium.new_context(**DESK, storage_state=state)
    desk = context.new_page()
    desk.clock.install(time=CLOCK.local(at("09:00")))
    desk.goto(f"{served.address}/visits/{visit_id}/live?lang=en")
    panels = desk.locator(".panel-live")
    expect(panels).to_have_count(3)

    def sent(party: str, kind: str, **more: object) -> None:
        served.clock[0] += 60
        path = f"{served.address}/g/{tokens['guide', party]}/events"
        body = {"kind": kind, "party": party, **more}
        headers = {"Idempotency-Key": f"{party}-{kind}-{served.clock[0]}"}
        assert desk.request.post(path, data=body, headers=headers).status == 200

    panels.first.locator("[data-keep=note] summary").click()
    desk.locator("#note-1").fill("Half a sentence")
    desk.locator("h1").click()
    sent("A", "shift", stop="*start", minutes=60)
    sent("B", "heads", stop="*start", people=17)
    desk.clock.run_for(6000)
    expect(panels.first).to_contain_text("42\u00a0min late")
    expect(panels.nth(1)).to_contain_text("3 people are missing")
    expect(desk.locator("#note-1")).to_have_value("Half a sentence")
    panels.first.locator("[data-keep=log] summary").click()
    panels.first.locator("[data-keep=log]").get_by_role("button", name="Take back").click()
    expect(panels.first).not_to_contain_text("late")
    sent("A", "merge", other="B")
    desk.clock.run_for(6000)
    expect(panels.first).to_contain_text("Goes on with party B")
    expect(panels.nth(1)).to_contain_text("Party A joins you.")
    page = context.new_page()
    page.clock.install(time=CLOCK.local(at("09:10")))
    page.goto(f"{served.address}/v/{tokens['participant', '']}?party=A&lang=en")
    expect(page.locator("[data-meet-label]")).to_contain_text("Meet party B at")
    page.get_by_role("link", name="List and map of party B").click()
    expect(page.locator(".party-choice [aria-current=page]")).to_contain_text("B")
    context.close()
