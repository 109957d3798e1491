"""The preview of a draft: what its readers will read once it is released, and nothing can be done there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.kit.web.desk import Desk, add, open_desk, published
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import sign_in

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.pages import Node, Page

ON_THE_DAY = {"preview-mark", "live", "guide", "marks", "take-part"}
"""Parts that say it is a preview, and such as work only by a link: the day live, marks, copies."""


@pytest.fixture(scope="module")
def desk(app: Flask) -> Desk:
    """Two days, a note, a coordinator, and hosts whom only the guide sees."""
    made = open_desk(app, "wanda", title="Przed czasem")
    add(made, "muzeum", "ratusz")
    made.change("visit", title_pl="Przed czasem", title_en="Ahead", group_size=20, pace_kmh=4, coordinator="Ewa 500 600 700")  # fmt: skip # noqa: E501
    made.change("add_day")
    made.change("add_site", site="rynek", day=1)
    return made


def page_of(desk: Desk, path: str, language: str = "en") -> Page:
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get(path, language)


def read(page: Page) -> str:
    """What is read, without what belongs to the link alone."""

    def text(node: Node) -> str:
        if ON_THE_DAY & set(node.attributes.get("class", "").split()) or node.tag in {"script", "noscript"}:
            return ""
        return "".join(child if isinstance(child, str) else text(child) for child in node.children)

    return " ".join(text(page.one("body")).split())


@pytest.mark.dear
@pytest.mark.parametrize(
    ("kind", "at"), [("participant", 0), pytest.param("guide", 1, marks=pytest.mark.slow)]
)
def test_a_preview_reads_as_the_release_will(desk: Desk, kind: str, at: int) -> None:
    days = ("?day=1", "?day=2")
    previews = [page_of(desk, f"/visits/{desk.visit_id}/preview/{kind}{day}", "pl") for day in days]
    for preview in previews:
        assert "Podgląd, nieopublikowany" in preview.text
    link = published(desk)[at]
    released = [page_of(desk, f"{link}{day}", "pl") for day in days]
    assert [read(page) for page in previews] == [read(page) for page in released]
    assert read(previews[0]) != read(previews[1])
    modules = [desk.client.get(f"/visits/{desk.visit_id}/preview/{kind}/map.js{day}&lang=pl") for day in days]
    ours = [desk.client.get(f"{link}/map.js{day}&lang=pl") for day in days]
    assert [one.data for one in modules] == [one.data for one in ours]


def test_a_preview_is_read_only_listed_nowhere_and_kept_nowhere(desk: Desk) -> None:
    answer = desk.client.get(f"/visits/{desk.visit_id}/preview/guide?lang=en")
    policy = answer.headers["Content-Security-Policy"]
    for rule in ("connect-src 'none'", "form-action 'none'", "worker-src 'none'"):
        assert rule in policy
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"
    for what in ("<form", "live.json", "/events", "data-worker", "webmanifest"):
        assert what not in answer.text
    for missing in ("nobody", "driver", "participant/"):
        assert desk.client.get(f"/visits/{desk.visit_id}/preview/{missing}").status_code == 404


@pytest.mark.dear
def test_the_draft_is_offered_to_each_reader_and_to_its_owner_alone(app: Flask, desk: Desk) -> None:
    path = f"/visits/{desk.visit_id}"
    addresses = [node.attributes["href"] for node in page_of(desk, f"{path}/ready").all("a")]
    assert {f"{path}/preview/participant?lang=en", f"{path}/preview/guide?lang=en"} <= set(addresses)
    assert not [one for one in addresses if "draft/driver" in one]
    desk.change("day_mode", mode="coach")
    addresses = [node.attributes["href"] for node in page_of(desk, f"{path}/ready").all("a")]
    (sheet,) = [one for one in addresses if "draft/driver" in one]
    assert "Draft, not published" in page_of(desk, sheet).text
    other = app.test_client()
    sign_in(app, other, "obcy")
    for kind in ("participant", "guide"):
        assert other.get(f"{path}/preview/{kind}").status_code == 404
        assert other.get(f"{path}/preview/{kind}/map.js").status_code == 404
    assert app.test_client().get(f"{path}/preview/guide").status_code == 302


@pytest.fixture(scope="module")
def rainy(app: Flask) -> Desk:
    """A draft whose park is the museum when it rains; nothing of it is published."""
    made = open_desk(app, "dzdzysta", title="Na deszcz")
    add(made, "ratusz", "park-miejski")
    made.change("rain", stop="s2", rain_site="muzeum")
    return made


def links_to(page: Page, end: str) -> list[str]:
    return [href for node in page.all("a") if end in (href := node.attributes.get("href", ""))]


def test_a_preview_leads_to_the_rain_version_of_the_draft_and_back(rainy: Desk) -> None:
    path = f"/visits/{rainy.visit_id}/preview/participant"
    dry = page_of(rainy, f"{path}?lang=en")
    [there] = links_to(dry, "/preview/participant/rain")
    wet = page_of(rainy, there)
    assert "As it reads once the guide switches the day to the rain version." in wet.text
    assert "As it reads once" not in dry.text
    assert "Regional Museum" in wet.one("main").text
    assert "Regional Museum" not in dry.one("main").text
    assert links_to(wet, f"{path}?lang=en")
    for what in ("<form", "live.json", "/events", "data-worker", "webmanifest"):
        assert what not in wet.html
    assert f"{path}/rain/map.js" in wet.html
    assert rainy.client.get(f"{path}/rain/map.js").mimetype == "text/javascript"
    assert wet.response.headers["Cache-Control"] == "no-store"


def test_a_draft_without_other_places_has_no_rain_version(desk: Desk) -> None:
    path = f"/visits/{desk.visit_id}/preview/guide"
    assert not links_to(page_of(desk, path), "/rain")
    assert desk.client.get(f"{path}/rain").status_code == 404
    assert desk.client.get(f"{path}/rain/map.js").status_code == 404


@pytest.mark.dear
@pytest.mark.parametrize(("kind", "at"), [("participant", 0), ("guide", 1)])
def test_it_reads_as_the_released_rain_page_will(app: Flask, kind: str, at: int) -> None:
    made = open_desk(app, f"deszcz-{kind}", title="Deszcz")
    add(made, "ratusz", "park-miejski")
    made.change("rain", stop="s2", rain_site="muzeum")
    preview = page_of(made, f"/visits/{made.visit_id}/preview/{kind}/rain?day=1", "pl")
    released = page_of(made, f"{published(made)[at]}/rain?day=1", "pl")
    assert read(preview) == read(released)


@pytest.mark.dear
def test_the_drivers_preview_has_the_same_switch(rainy: Desk) -> None:
    rainy.change("day_mode", mode="coach")
    path = f"/visits/{rainy.visit_id}/paper/draft/driver"
    dry = page_of(rainy, f"{path}?language=en", "en")
    [there] = [href for href in links_to(dry, "draft/driver") if "rain=1" in href]
    wet = page_of(rainy, there, "en")
    assert "The version for rain: " in wet.one("h1").text
    assert "The version for rain: " not in dry.one("h1").text
    assert [href for href in links_to(wet, "draft/driver") if "rain=1" not in href]
    assert not links_to(page_of(rainy, f"/visits/{rainy.visit_id}/paper/draft/day", "en"), "rain=1")
    rainy.change("day_mode", mode="walk")


@pytest.mark.dear
def test_a_colleagues_link_shows_it_too(app: Flask, rainy: Desk) -> None:
    assert rainy.post("share/previews", kind="colleague", whom="Ewa").status_code == 303
    path = re.findall(r'href="http://localhost(/p/[^"]+)"', rainy.page("/share"))[-1]
    anybody = PageClient(app)
    [there] = links_to(anybody.get(path, "en"), "/rain")
    page = anybody.get(there, "en")
    assert "Regional Museum" in page.one("main").text
    assert "tel:" not in page.html
    assert anybody.client.get(f"{path}/rain/map.js").status_code == 200
