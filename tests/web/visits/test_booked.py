"""Trains, coaches and meals through the program: typed in the editor, told to those who need it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from planner.domain.booked.things import Arrival, Carrier, CoachBooking, MealBooking
from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

PHONE, DRIVER = "+48 000 111 222", "Jan Zmyślony"
LATE, DIETS, OPERATOR = "wait for the next one", "3 vegetarian", "PKS Example"


@pytest.fixture(scope="module")
def desk(app: Flask) -> Desk:
    """A day with a train, a coach whose driver is known, and lunch; it begins at 09:00."""
    made = open_desk(app, "beata", title="Zamówione")
    add(made, "muzeum")
    made.change("add_place", kind="meal", name="Obiad", at="49.9745, 19.82328")
    train = {"number": "SKA1 33621", "arrives": "8.55", "place_en": "Platform 1", "late_en": LATE}
    made.change("arrival", carrier="train", **train)
    made.change("coach_booking", operator=OPERATOR, boarding="8:40", waits_en="Car park")
    made.change("meal", stop="m1", restaurant="Example Inn", covers="20", diets_en=DIETS, confirmed="1")
    answer = made.post("driver", day=0, name=DRIVER, phone=PHONE)
    assert answer.headers["Location"].endswith("?part=day")
    return made


@pytest.mark.dear
def test_the_document_has_all_but_the_person(desk: Desk) -> None:
    [day] = desk.draft().days
    assert day.arrival == Arrival(Carrier.TRAIN, "SKA1 33621", "08:55", {"en": "Platform 1"}, {"en": LATE})
    assert day.coach_booking is not None
    assert day.coach_booking.driver
    assert day.coach_booking == CoachBooking(OPERATOR, "08:40", {"en": "Car park"}, day.coach_booking.driver)
    assert day.stops[1].booking == MealBooking("Example Inn", 20, {"en": DIETS}, confirmed=True)
    assert PHONE in desk.page("/driver")
    assert PHONE not in desk.page("?part=day")


@pytest.mark.dear
def test_the_driver_is_in_one_table_and_on_no_page_that_is_kept(app: Flask, desk: Desk) -> None:
    visit, guide = published(desk)
    pages = PageClient(app)
    holding = set()
    engine = services_of(app).database.engine
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            rows = [tuple(row) for row in connection.execute(text(f"select * from {table}"))]  # noqa: S608
            holding |= {table} if DRIVER in json.dumps(rows, default=str, ensure_ascii=False) else set()
    assert holding == {"contacts"}
    for path in (visit, guide, f"{guide}/print", f"{guide}/copy.json", f"{guide}/plan.json"):
        told = pages.client.get(path).text
        assert PHONE not in told, path
        assert DRIVER not in told, path
    answer = pages.client.get(f"{guide}/driver?lang=en")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert PHONE in answer.text
    assert pages.client.get(f"{visit}/driver").status_code == 404
    assert f"{guide}/driver" in pages.get(f"{guide}?lang=en", "en").html
    assert "/driver" not in pages.get(f"{visit}?lang=en", "en").html


@pytest.mark.dear
def test_each_reader_is_told_what_they_need(app: Flask, desk: Desk) -> None:
    visit, guide = published(desk)
    pages = PageClient(app)
    participant, leader = (pages.get(f"{path}?lang=en", "en").text for path in (visit, guide))
    for said in ("SKA1 33621, 08:55, Platform 1", "getting in 08:40, waits: Car park", "Example Inn"):
        assert said in participant
        assert said in leader
    for said in (LATE, OPERATOR, "20 covers, diets: 3 vegetarian, confirmed"):
        assert said not in participant
        assert said in leader
    driver = desk.page("/paper/draft/driver?language=en")
    assert LATE in driver
    assert OPERATOR in driver
    day = json.loads(pages.client.get(f"{guide}/plan.json?lang=en").text)["days"][0]
    assert f"Coach: {OPERATOR}, getting in 08:40, waits: Car park" in day["booked"]
    assert day["stops"][1]["booked"] == "Example Inn, 20 covers, diets: 3 vegetarian, confirmed"
    day = json.loads(pages.client.get(f"{visit}/plan.json?lang=en").text)["days"][0]
    assert day["booked"] == [
        "Arrival: Train SKA1 33621, 08:55, Platform 1",
        "Coach: getting in 08:40, waits: Car park",
    ]


@pytest.mark.dear
def test_what_is_missing_is_on_the_page_ready(app: Flask) -> None:
    desk = open_desk(app, "celina", title="Braki")
    add(desk, "muzeum")
    desk.change("add_place", kind="meal", name="Obiad", at="49.9745, 19.82328")
    desk.change("arrival", carrier="flight", number="LO 3900", arrives="09:20")
    desk.change("coach_booking", operator=OPERATOR)
    desk.change("meal", stop="m1", restaurant="Example Inn", covers="12")
    page = PageClient(app)
    page.client = desk.client
    told = page.get(f"/visits/{desk.visit_id}/ready", "en").text
    assert "The group arrives at 09:20, the day begins at 09:00." in told
    assert "The telephone of the coach’s driver is not known." in told
    assert "The restaurant has not confirmed the meal." in told
    assert "12 covers for 20 people." in told
    assert desk.edit("arrival", carrier="train", arrives="25:99").status_code == 422
    desk.change("arrival", carrier="train")
    desk.change("coach_booking")
    desk.change("meal", stop="m1")
    [day] = desk.draft().days
    assert (day.arrival, day.coach_booking, day.stops[1].booking) == (None, None, None)


@pytest.mark.dear
def test_a_driver_who_comes_back_by_undo_is_missing_on_the_page_ready(app: Flask) -> None:
    missing = "telephone of the coach’s driver is not known"
    desk = open_desk(app, "dorota")
    add(desk, "muzeum")
    desk.change("coach_booking", operator=OPERATOR)
    desk.post("driver", day=0, name=DRIVER, phone=PHONE)
    assert missing not in desk.page("/ready?lang=en")
    desk.post("driver", day=0, name="", phone="")
    assert missing in desk.page("/ready?lang=en")
    desk.post("undo")
    coach = desk.draft().days[0].coach_booking
    assert coach is not None
    assert coach.driver, "the state is as it was"
    assert missing in desk.page("/ready?lang=en")
    desk.post("driver", day=0, name=DRIVER, phone=PHONE)
    assert missing not in desk.page("/ready?lang=en")


def test_a_driver_without_a_telephone_is_not_kept(app: Flask) -> None:
    desk = open_desk(app, "dorota")
    desk.post("driver", day=0, name=DRIVER, phone="")
    assert desk.draft().days[0].coach_booking is None
    desk.post("driver", day=0, name=DRIVER, phone=PHONE)
    first = desk.draft().days[0].coach_booking
    assert first is not None
    desk.post("driver", day=0, name=DRIVER, phone="+48 000 333 444")
    assert desk.draft().days[0].coach_booking == first, "the same driver, called by another number"
    assert "+48 000 333 444" in desk.page("/driver")
    desk.post("driver", day=0, name="", phone="")
    assert desk.draft().days[0].coach_booking is None
    stale = desk.client.post(
        f"/visits/{desk.visit_id}/driver",
        data={"csrf_token": desk.token, "base": 1, "day": 0, "phone": PHONE},
    )
    assert stale.headers["Location"].endswith("/driver?day=1")
    assert PHONE not in desk.page("/driver")
