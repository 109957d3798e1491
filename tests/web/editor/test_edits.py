"""The editor through its forms, as without a script: every edit a POST, every answer a page or a column."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.outputs.maps import ground
from planner.store import visits as store
from tests.kit.web.desk import HOSTILE, Desk, add, finish, open_desk, published
from tests.kit.web.signing_in import csrf_of, services_of, sign_in
from tests.web.conftest import closed, skawina_application

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from planner.streets.query.layers import Layers


@pytest.fixture
def desk(app: Flask) -> Desk:
    return open_desk(app)


def test_a_new_visit_opens_with_its_start_and_without_stops(desk: Desk) -> None:
    page = desk.page()
    assert "Delegacja" in page
    assert "Dworzec PKP" in page
    assert finish(page) == "09:00"


def test_every_edit_answers_with_the_new_times(desk: Desk) -> None:
    first = desk.edit("add_site", site="muzeum")
    assert first.status_code == 200
    assert "<html" not in first.text
    before = finish(first.text)
    longer = desk.edit("stop", stop="s1", dwell_min=65).text
    hours, minutes = map(int, before.split(":"))
    later = hours * 60 + minutes + 30
    assert finish(longer) == f"{later // 60:02}:{later % 60:02}"


def test_what_an_edit_answers_with_has_what_is_open_on_the_pages_of_the_visit(desk: Desk) -> None:
    page = desk.page("?lang=en")
    assert page.count('id="visit-nav"') == 1
    answer = desk.edit("add_site", site="muzeum").text
    [nav] = re.findall(r'<nav class="visit-nav".*?</nav>', answer, re.DOTALL)
    assert re.search(r'aria-current="page">\s*Plan', nav)
    assert re.search(r"Hosts.*?<span[^>]*>1</span>", nav, re.DOTALL)
    assert 'id="visit-nav"' not in desk.edit("add_site", column=False, site="ratusz").text


def test_without_a_script_an_edit_leads_back_to_the_page(desk: Desk) -> None:
    answer = desk.edit("add_site", column=False, site="muzeum")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/visits/{desk.visit_id}")
    assert desk.order() == ["muzeum"]


def test_stops_are_moved_and_removed(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz", "teznia")
    desk.change("move", stop="s3", position=0)
    assert desk.order() == ["teznia", "muzeum", "ratusz"]
    desk.change("remove", stop="s1")
    assert desk.order() == ["teznia", "ratusz"]


def test_undo_and_redo_go_through_what_is_stored(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    desk.post("undo")
    assert desk.order() == ["muzeum"]
    desk.post("undo")
    assert desk.order() == []
    desk.post("redo")
    desk.post("redo")
    assert desk.order() == ["muzeum", "ratusz"]
    desk.post("undo")
    add(desk, "teznia")
    desk.post("redo")
    assert desk.order() == ["muzeum", "teznia"]


def test_undo_at_the_beginning_changes_nothing(desk: Desk) -> None:
    before = desk.draft()
    desk.post("undo")
    assert desk.draft() == before


def test_meals_breaks_and_free_places_become_stops(desk: Desk) -> None:
    desk.change("add_place", kind="place", name="Pomnik", at="49.97500, 19.82700")
    desk.change("add_place", kind="meal", name="Obiad")
    desk.change("add_place", kind="break")
    kinds = [(stop.kind.value, stop.dwell_min) for stop in desk.draft().days[0].stops]
    assert kinds == [("place", 15), ("meal", 45), ("break", 15)]
    place = desk.draft().days[0].stops[0].place
    assert place is not None
    assert place.at == (19.827, 49.975)


@pytest.mark.dear
@pytest.mark.parametrize(
    ("action", "fields", "said"),
    [
        ("stop", {"stop": "s1", "dwell_min": "-5"}, "co najmniej 0"),
        ("stop", {"stop": "s1", "dwell_min": "10000"}, "najwyżej 720"),
        ("stop", {"stop": "s1", "dwell_min": "abc"}, "liczbę całkowitą"),
        ("stop", {"stop": "s1", "dwell_min": "20", "fixed": "25:61"}, "wpisz godzinę"),
        ("stop", {"stop": "s1", "dwell_min": "20", "window_from": "12:00", "window_to": "11:00"}, "okno"),
        ("stop", {"stop": "gone", "dwell_min": "20"}, "nie ma już"),
        ("day", {"date": "2026-02-30", "start_time": "09:00", "start_site": "muzeum"}, "datę"),
        ("day", {"date": "2026-12-07", "start_time": "09:00"}, "gdzie zaczyna się dzień"),
        ("add_place", {"kind": "place", "name": "X", "at": "0, 0"}, "poza ulicami"),
        ("add_place", {"kind": "place", "name": "X", "at": "north"}, "49.97548"),
        ("add_site", {"site": "nie-ma"}, "nie ma takiego miejsca"),
        ("visit", {"title_pl": "", "group_size": "20", "pace_kmh": "4"}, "tytuł"),
        ("visit", {"title_pl": "T", "group_size": "0", "pace_kmh": "nan"}, "Tempo"),
        ("explode", {}, "explode"),
    ],
)
def test_what_does_not_fit_is_said_and_not_saved(
    desk: Desk, action: str, fields: dict[str, Any], said: str
) -> None:
    add(desk, "muzeum")
    before = desk.draft()
    answer = desk.edit(action, **fields)
    assert answer.status_code == 422
    assert "Nie zapisano" in answer.text
    assert said in html.unescape(answer.text)
    assert desk.draft() == before


def test_what_was_typed_and_refused_is_shown_again(desk: Desk) -> None:
    add(desk, "muzeum")
    answer = desk.edit("stop", stop="s1", dwell_min="20", fixed="25:61", note_pl="Wejście od podwórza")
    assert "Wejście od podwórza" in answer.text
    assert 'value="25:61"' in answer.text


@pytest.mark.dear
def test_the_second_of_two_who_save_is_told_what_differs_and_loses_nothing(app: Flask) -> None:
    first = open_desk(app, "anna")
    second = Desk(app, app.test_client(), first.visit_id, "")
    sign_in(app, second.client, "szef", "admin")
    second.token = csrf_of(second.client, f"/visits/{first.visit_id}")
    add(first, "muzeum")
    base = first.base()
    second.change("stop", base=base, stop="s1", dwell_min=50)
    late = first.edit("stop", base=base, stop="s1", dwell_min=40, note_pl="Pytać o klucz")
    assert late.status_code == 409
    text = html.unescape(late.text)
    assert "szef" in text
    assert "Muzeum Regionalne: Minuty na miejscu: 35 → 50" in text
    assert "Muzeum Regionalne: Minuty na miejscu: 35 → 40" in text
    assert "Pytać o klucz" in text
    assert first.draft().days[0].stops[0].dwell_min == 50
    again = first.edit("stop", stop="s1", dwell_min=35, note_pl="Pytać o klucz")
    assert again.status_code == 200
    assert first.draft().days[0].stops[0].note == {"pl": "Pytać o klucz"}


def test_an_undo_on_an_old_page_does_not_undo_what_others_did(desk: Desk) -> None:
    add(desk, "muzeum")
    old = desk.base()
    add(desk, "ratusz")
    answer = desk.client.post(f"/visits/{desk.visit_id}/undo", data={"csrf_token": desk.token, "base": old})
    assert answer.status_code == 409
    assert desk.order() == ["muzeum", "ratusz"]


def test_a_change_that_is_sent_again_names_its_day_once(desk: Desk) -> None:
    """Twice it would be refused as no number, and the change could not be applied as well."""
    add(desk, "muzeum")
    old = desk.base()
    add(desk, "ratusz")
    answer = desk.edit("remedy", base=old, key="start:10:00", day="0")
    assert answer.status_code == 409
    again = answer.text.split('id="refused"')[1].split("</form>")[0]
    assert 'value="start:10:00"' in again
    assert again.count('name="day"') == 1


def test_the_search_finds_without_diacritics(desk: Desk) -> None:
    found = desk.page("/search?q=teznia solank")
    assert "Tężnia solankowa" in found
    assert "Muzeum" not in found
    assert "Żadne miejsce" in desk.page("/search?q=zzzz")


@pytest.mark.dear
def test_every_address_of_somebody_elses_visit_is_not_found(app: Flask, desk: Desk) -> None:
    stranger = app.test_client()
    sign_in(app, stranger, "obcy")
    token = csrf_of(stranger, "/visits/new")
    path = f"/visits/{desk.visit_id}"
    for address in (path, f"{path}/search?q=a", f"{path}/share", f"{path}/share/links/1/qr.svg"):
        assert stranger.get(address).status_code == 404, address
    posts = ("edit/add_site", "undo", "redo", "copy", "archive", "restore", "share/publish",
             "share/unpublish", "share/links/1/rotate")  # fmt: skip
    data = {"csrf_token": token, "base": "1", "site": "muzeum", "date": "2026-12-09"}
    for action in posts:
        assert stranger.post(f"{path}/{action}", data=data).status_code == 404, action
    assert desk.order() == []


def test_a_link_of_another_visit_is_not_found_below_ones_own(app: Flask, desk: Desk) -> None:
    other = open_desk(app, "bogdan")
    add(other, "muzeum")
    other.post("share/publish")
    with services_of(app).database.session() as session:
        link = store.links_of(session, other.visit_id)[0]
        before = link.token_sha256
    assert desk.post(f"share/links/{link.id}/rotate").status_code == 404
    with services_of(app).database.session() as session:
        assert store.links_of(session, other.visit_id)[0].token_sha256 == before


@pytest.mark.dear
def test_participants_see_the_release_and_never_the_draft(desk: Desk) -> None:
    add(desk, "muzeum")
    link, guide = published(desk)
    reader = desk.app.test_client()
    before = reader.get(link).text
    assert "Muzeum Regionalne" in before
    add(desk, "teznia")
    assert "Tężnia" not in reader.get(link).text
    assert "Dodano: Tężnia solankowa" in desk.page("/share")
    desk.post("share/publish")
    assert "Tężnia" in reader.get(link).text
    assert "Tężnia" in reader.get(guide).text
    desk.post("share/unpublish")
    assert reader.get(link).status_code == 410


def test_a_page_that_is_out_of_date_does_not_publish_what_nobody_read(desk: Desk) -> None:
    add(desk, "muzeum")
    old = desk.base()
    add(desk, "teznia")
    answer = desk.client.post(
        f"/visits/{desk.visit_id}/share/publish", data={"csrf_token": desk.token, "base": old}
    )
    assert answer.status_code == 303
    assert "nic nie jest" in desk.page("/share").lower()


@pytest.mark.dear
def test_links_are_withdrawn_given_back_exchanged_and_end(desk: Desk) -> None:
    add(desk, "muzeum")
    link, _ = published(desk)
    with services_of(desk.app).database.session() as session:
        link_id = store.links_of(session, desk.visit_id)[0].id
    reader = desk.app.test_client()
    desk.post(f"share/links/{link_id}/revoke")
    assert reader.get(link).status_code == 410
    desk.post(f"share/links/{link_id}/restore")
    assert reader.get(link).status_code == 200
    desk.post(f"share/links/{link_id}/expire", until="2026-11-15")
    assert reader.get(link).status_code == 410
    desk.post(f"share/links/{link_id}/expire", until="2026-11-16")
    for far in ("9999-12-31", "9999-12-30"):
        assert desk.post(f"share/links/{link_id}/expire", until=far).status_code == 303
        assert desk.page("/share")
    desk.post(f"share/links/{link_id}/expire", until="2026-11-16")
    assert reader.get(link).status_code == 200
    desk.post(f"share/links/{link_id}/rotate")
    assert reader.get(link).status_code == 410
    new, _ = re.findall(r'href="http://localhost(/[vg]/[^"]+)"', desk.page("/share"))
    assert new != link
    assert reader.get(new).status_code == 200


def test_the_qr_code_is_a_picture_of_the_link(desk: Desk) -> None:
    add(desk, "muzeum")
    published(desk)
    with services_of(desk.app).database.session() as session:
        link_id = store.links_of(session, desk.visit_id)[0].id
    answer = desk.client.get(f"/visits/{desk.visit_id}/share/links/{link_id}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.dear
def test_a_copy_is_a_draft_of_ones_own_on_another_date(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    published(desk)
    answer = desk.post("copy", date="2027-01-12")
    copy = Desk(desk.app, desk.client, int(answer.headers["Location"].rsplit("/", 1)[1]), desk.token)
    assert copy.visit_id != desk.visit_id
    assert copy.order() == ["muzeum", "ratusz"]
    assert copy.draft().days[0].date.isoformat() == "2027-01-12"
    assert "/v/" not in copy.page("/share")
    assert desk.draft().days[0].date.isoformat() == "2026-12-07"


@pytest.mark.parametrize(
    "date", ["9999-12-31", *(pytest.param(date, marks=pytest.mark.slow) for date in ("", "x", "0001-01-01"))]
)
def test_no_copy_on_a_date_far_away(desk: Desk, date: str) -> None:
    desk.change("add_day")
    answer = desk.post("copy", date=date)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/visits/{desk.visit_id}")
    assert "Nie skopiowano" in desk.page()


def test_numbers_that_no_row_can_have_are_those_of_nothing(desk: Desk) -> None:
    add(desk, "muzeum")
    for number in (2**31, 2**63, 10**30):
        assert desk.client.get(f"/visits/{number}").status_code == 404
        assert desk.edit("add_site", base=number, site="ratusz").status_code == 409
    assert desk.order() == ["muzeum"]


def test_what_is_put_away_leaves_the_list_and_comes_back(app: Flask) -> None:
    desk = open_desk(app, "celina", title="Schowana wizyta")
    add(desk, "muzeum")
    link, _ = published(desk)
    desk.post("archive")
    assert "Schowana wizyta" not in desk.client.get("/").text
    assert app.test_client().get(link).status_code == 410
    assert "Schowana wizyta" in desk.client.get("/visits/away").text
    desk.post("restore")
    assert "Schowana wizyta" in desk.client.get("/").text


def test_the_list_says_what_state_each_visit_is_in(app: Flask) -> None:
    desk = open_desk(app, "dorota")
    assert "szkic" in desk.client.get("/").text
    add(desk, "muzeum")
    published(desk)
    assert "opublikowana" in desk.client.get("/").text
    assert "potem zmieniona" not in desk.client.get("/").text
    add(desk, "teznia")
    assert "potem zmieniona" in desk.client.get("/").text


def test_an_empty_list_leads_to_the_first_visit(tmp_path: Path) -> None:
    """In a service of its own: in the common one another test may have shared a visit with everybody."""
    app = skawina_application(tmp_path)
    client = app.test_client()
    sign_in(app, client, "bez wizyt")
    page = client.get("/").text
    closed(app)
    assert "/visits/new" in page
    assert "Utwórz pierwszą wizytę" in page


@pytest.mark.dear
def test_html_in_every_field_is_shown_as_text(app: Flask) -> None:
    desk = open_desk(app, "ewa", title=HOSTILE)
    desk.change("add_place", kind="place", name=HOSTILE, at="49.975, 19.827")
    desk.change("stop", stop="p1", dwell_min=10, name=HOSTILE, note_pl=HOSTILE, note_en=HOSTILE)
    desk.change("visit", title_pl=HOSTILE, title_en=HOSTILE, group_size=9, pace_kmh=4, coordinator=HOSTILE,
              meeting_pl=HOSTILE, meeting_en=HOSTILE)  # fmt: skip
    link, _ = published(desk)
    desk.change("stop", stop="p1", dwell_min=20, name=HOSTILE + "2")
    pages = [desk.page(), desk.page("/share"), desk.page(f"/search?q={HOSTILE}"), desk.client.get("/").text]
    pages += [app.test_client().get(link + tail).text for tail in ("", "/print", "?lang=en")]
    for page in pages:
        assert "<img src=x" not in page
        assert "</script>{{" not in page
        assert not [result for result in ("49\"'", "49&#34;&#39;") if result in page]


def test_nobody_gets_in_without_signing_in(app: Flask, desk: Desk) -> None:
    anyone = app.test_client()
    for path in ("/", "/visits/new", f"/visits/{desk.visit_id}", f"/visits/{desk.visit_id}/share"):
        answer = anyone.get(path)
        assert answer.status_code in (302, 303)
        assert "/sign-in" in answer.headers["Location"]


@pytest.mark.dear
def test_the_ground_of_the_map_is_chosen_for_pages_alone_and_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer to an edit moves stops and ways on the ground that is drawn."""
    chosen: list[ground.Asked] = []
    choose = ground.ground_of

    def counted(layers: Layers, asked: ground.Asked) -> ground.Ground:
        chosen.append(asked)
        return choose(layers, asked)

    monkeypatch.setattr(ground, "ground_of", counted)
    assert desk.edit("add_site", site="senior-rynek-24").status_code == 200
    assert desk.edit("add_site", site="sokol").status_code == 200
    assert chosen == []
    for _ in range(2):
        desk.page()
        assert len(chosen) == 1


def test_a_street_is_found_and_becomes_a_place_after_the_stop_that_was_meant(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    page = html.unescape(desk.page("/search?q=krakowsk%C4%85&day=1")) + html.unescape(
        desk.page("/search?q=krakowska%2099&day=1")
    )
    assert "znana tylko ulica" in page
    name, at = re.findall(
        r'name="name" value="(Krakowska)"><input type="hidden" name="at" value="([^"]*)"', page
    )[0]
    desk.change("add_place", kind="place", name=name, at=at, after="s1")
    assert [stop.id for stop in desk.draft().days[0].stops] == ["s1", "p1", "s2"]
    desk.change("add_site", site="teznia", after="start")
    desk.change("add_site", site="rynek", after="gone")
    assert [stop.id for stop in desk.draft().days[0].stops] == ["s3", "s1", "p1", "s2", "s4"]


def test_a_row_takes_minutes_and_a_fixed_time_and_leaves_the_rest_alone(desk: Desk) -> None:
    add(desk, "muzeum")
    desk.change("stop", stop="s1", dwell_min=40, min_dwell_min=30, note_pl="Klucz", talk="1")
    desk.change("row", stop="s1", dwell_min="25", fixed="9h45")
    stop = desk.draft().days[0].stops[0]
    assert (stop.dwell_min, stop.min_dwell_min, stop.fixed) == (25, 25, "09:45")
    assert (stop.note, stop.talk) == ({"pl": "Klucz"}, True)
    refused = desk.edit("row", stop="s1", dwell_min="25", fixed="25:61")
    assert refused.status_code == 422
    assert 'id="fault-at-s1" role="alert">Nie zapisano: ' in refused.text
    assert 'id="refused"' not in refused.text
    assert 'value="25:61"' in refused.text
    desk.change("row", stop="s1", dwell_min="25", fixed="")
    assert desk.draft().days[0].stops[0].fixed is None


@pytest.mark.dear
def test_what_is_selected_stays_open_after_a_plain_edit_until_it_is_gone(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    answer = desk.edit("dwell", column=False, stop="s2", dwell_min=20)
    assert answer.headers["Location"] == f"/visits/{desk.visit_id}?stop=s2"
    assert 'data-shown="stop=s2"' in desk.page("?stop=s2")
    assert 'data-shown="" ' in desk.page("?stop=s9")
    assert 'data-shown="" ' in desk.page("?part=nothing")
    only = desk.client.get(f"/visits/{desk.visit_id}?leg=s2", headers={"X-Editor": "inspector"}).text
    assert only.count("data-part") == 1


@pytest.mark.dear
def test_where_too_many_come_at_once_the_editor_leads_to_the_parties(desk: Desk) -> None:
    add(desk, "muzeum")
    leads = f'href="/visits/{desk.visit_id}/parties?day=1">Split into parties'
    assert leads not in desk.page("?stop=s1&lang=en")
    desk.post("hosts/details", host="muzeum", capacity="12")
    page = desk.page("?stop=s1&lang=en")
    rows, inspector = page.split('id="inspector"')
    assert leads in rows
    assert leads in inspector
    assert leads not in desk.page("/parties?day=1&lang=en")


def test_an_edit_whose_answer_was_lost_is_made_once(desk: Desk) -> None:
    """The script sends it again by the same key; the same edit meant twice has two."""
    add(desk, "muzeum")
    base = desk.base()
    for key in ("first-key", "first-key"):
        desk.change("add_site", base=base, site="ratusz", key_of_edit=key)
    desk.change("add_site", site="ratusz", key_of_edit="other-key")
    assert desk.order() == ["muzeum", "ratusz", "ratusz"]
    newest = desk.base()
    answer = desk.edit("add_site", base=base, site="ratusz", key_of_edit="first-key")
    assert answer.status_code == 200, "it is told how the day stands now"
    assert desk.base() == newest
    desk.change("add_site", base=newest, site="rynek", key_of_edit="<b>")
    assert desk.order()[-1] == "rynek", "what is no key is passed over"
