"""What the editor refuses, in both languages: every kind of fault that a field can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.record.forms import form_of

if TYPE_CHECKING:
    from tests.record.accounts import Accounts
    from tests.record.desk import Desk, Editor
    from tests.record.forms import Typed
    from tests.record.visits import Visits

EDITS: dict[str, dict[str, Typed]] = {
    "visit": {"group_size": "0", "pace_kmh": "szybko", "title_pl": "x" * 201},
    "day": {"date": "2126-01-01", "start_time": "9.30", "end_time": "25:00"},
    "spare": {"interpreter": "4", "walk_min": "-1", "bus_min": "x", "coach_min": "241"},
    "coach": {"height_m": "9", "length_m": "", "width_m": "nan", "weight_t": "1"},
}
STOPS: list[dict[str, Typed]] = [
    {"dwell_min": "721", "min_dwell_min": "1.5", "fixed": "12", "buffer_min": "999"},
    {"window_from": "10:00", "window_to": ""},
    {"window_from": "12:00", "window_to": "11:00"},
    {"window_from": "10:00", "window_to": "12:00", "window_from_2": "11:00", "window_to_2": "13:00"},
    {"note_pl": "x" * 2001, "dwell_min": ""},
]
RAW: list[tuple[str, dict[str, str]]] = [
    ("add_site", {"site": "nie-ma"}),
    ("add_place", {"kind": "place", "name": "Bez miejsca", "at": ""}),
    ("add_place", {"kind": "place", "name": "Za daleko", "at": "52.0, 21.0"}),
    ("add_place", {"kind": "place", "name": "Nieczytelne", "at": "tam"}),
    ("add_place", {"kind": "zamek", "name": ""}),
    ("move", {"stop": "nie-ma", "position": "0"}),
    ("remove", {"stop": "nie-ma"}),
    ("stop_hours", {"stop": "s1", "hours": "nine to five"}),
    ("to_day", {"stop": "s1", "to_day": "7"}),
    ("day_mode", {"mode": "taxi"}),
    ("leg_mode", {"stop": "s1", "mode": "bike"}),
    ("order", {"key": "{}", "seen": "x"}),
    ("remedy", {"key": "nic"}),
    ("vary", {"pace_kmh": "99"}),
    ("remove_day", {}),
    ("nonsense", {"a": "b"}),
]


def work(accounts: Accounts, visits: Visits) -> None:
    """Send what does not fit, what comes too late, and what comes from somebody else."""
    desk, editor = accounts.anna, visits.one.open(1)
    for language in ("pl", "en"):
        desk.client.cookies["lang"] = language
        editor.name = f"refused-{language}"
        editor.count = 0
        for action, typed in EDITS.items():
            editor.edit(action, **typed)
        for typed in STOPS:
            editor.edit("stop", stop="s2", **typed)
        for action, fields in RAW:
            editor.raw(action, **fields)
    desk.client.cookies.pop("lang")
    _late(desk, editor)
    _new(desk)
    _strangers(accounts, editor)


def _late(desk: Desk, editor: Editor) -> None:
    """Two who save at once: the second is told what the first has changed."""
    before = editor.page
    editor.name, editor.count = "late", 0
    editor.edit("stop", stop="s1", dwell_min="25")
    form = form_of(before.page, "/edit/visit")
    desk.posts.keep("late-conflict", desk.client.submit(before, form, typed={"coordinator": "Ktoś inny"}))
    form = form_of(before.page, "/undo")
    desk.posts.keep("late-undo", desk.client.submit(before, form))
    editor.step("undo")


def _new(desk: Desk) -> None:
    """A new visit that does not fit; a copy that does, put away and taken out; one without a date."""
    desk.send("new-refused", "/visits/new", "/visits/new", title_pl="", title_en="", date="", group_size="x",
              start_time="", start_site="", start_at="tam")  # fmt: skip
    desk.send("new-no-start", "/visits/new", "/visits/new", title_pl="Bez początku", start_site="")
    copied = desk.send("copy", "/visits/2", "/copy", date="2027-03-01")
    desk.send("copy-no-date", "/visits/2", "/copy", date="")
    path = copied.path.split("?")[0]
    desk.send("archive", path, "/archive")
    desk.send("restore", "/visits/away", f"{path}/restore")
    desk.send("archive-again", path, "/archive")


def _strangers(accounts: Accounts, editor: Editor) -> None:
    """Somebody else's browser, one that nobody signed in, another site's page, no token."""
    fields = [("base", "1"), ("day", "0"), ("mode", "bus")]
    path = f"{editor.path}/edit/day_mode"
    posts, piotr, anna = accounts.anna.posts, accounts.piotr.client, accounts.anna.client
    token = [("csrf_token", form_of(piotr.get("/account").page, "/sign-out").all("input")[0].get("value"))]
    posts.keep("stranger-edit", piotr.post(path, [*token, *fields]))
    posts.keep("no-token", anna.post(path, fields))
    headers = {"Sec-Fetch-Site": "cross-site", "Content-Type": "application/x-www-form-urlencoded"}
    posts.keep("cross-site", anna.send("POST", path, b"mode=bus", headers))
    nobody = type(piotr)(piotr.port)
    posts.keep("nobody-edit", nobody.post(path, fields))
    posts.keep("stranger-users", piotr.post("/account/users", [*token, ("name", "x"), ("role", "admin")]))
