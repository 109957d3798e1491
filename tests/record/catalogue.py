"""The catalogue at work: a site changed, made, refused and put away, and a file brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.record.forms import form_of

if TYPE_CHECKING:
    from tests.record.client import Answer
    from tests.record.desk import Desk

CHANGES = """id,name_pl,dwell_min,host_name,capacity,strange
muzeum,,40,Jan Muzealny,25,x
,Nowy przystanek testowy,15,,,
rynek,,15,,,
"""
BROKEN = """id,name_pl,dwell_min,opening_hours,lat,lon
muzeum,,0,Mo-Fr 25:00-26:00,,
,,10,,,
rynek,,9999,,10.0,10.0
"""


def work(desk: Desk) -> dict[str, str]:
    """Change the catalogue; the addresses of the previews."""
    museum = "/sites/muzeum/edit"
    before = desk.client.get(museum)
    desk.send("site-edit", museum, "", capacity="20", host_name="Maria Kustosz", host_phone="12 345 67 89",
              step_free="yes", status="confirmed", confirmed_on="2026-11-20")  # fmt: skip
    stale = desk.client.submit(
        before, form_of(before.page, ""), typed={"dwell_min": "45", "name_en": "The museum"}
    )
    desk.posts.keep("site-two-versions", stale)
    desk.send("site-refused", museum, "", dwell_min="0", position="10, 10", opening_hours="Mo-Xx 8-9",
              name_pl="", name_en="", min_dwell_min="90", capacity="-1", host_email="nie")  # fmt: skip
    desk.send("site-new", "/sites/new", "", name_pl="Dom Kultury", name_en="House of Culture",
              position="49.9745, 19.8232", quality="near", error_m="40", themes=["heritage"], capacity="30",
              opening_hours="Mo-Fr 09:00-17:00; SH off; PH off")  # fmt: skip
    desk.send("site-new-refused", "/sites/new", "", name_pl="", name_en="")
    desk.send("site-archive", "/sites/obwodnica/edit", "/archive")
    return {"changes": _upload(desk, "import", CHANGES), "broken": _upload(desk, "import-broken", BROKEN)}


def bring_in(desk: Desk, preview: str) -> None:
    """Confirm what was previewed; forget another file; refuse what is none."""
    page = desk.client.get(preview)
    form = form_of(page.page, "/sites/import/confirm")
    desk.posts.keep("import-confirm", desk.client.submit(page, form))
    again = _upload(desk, "import-again", CHANGES)
    page = desk.client.get(again)
    desk.posts.keep("import-cancel", desk.client.post("/sites/import/cancel", _hidden(page)))
    _upload(desk, "import-no-file", "{", ".geojson")


def _upload(desk: Desk, name: str, text: str, ending: str = ".csv") -> str:
    page = desk.client.get("/sites/import")
    form = form_of(page.page, "/sites/import")
    answer = desk.client.upload(page, form, "file", (f"{name}{ending}", text.encode()))
    desk.posts.keep(name, answer)
    return answer.header("location")


def _hidden(page: Answer) -> list[tuple[str, str]]:
    form = form_of(page.page, "/sites/import/confirm")
    return [(node.get("name"), node.get("value")) for node in form.all("input")]
