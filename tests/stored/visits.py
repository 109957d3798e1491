"""The visits of the stored database, made by the editor's own forms: together they warn of all they can."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.record.desk import Desk, Editor


def make(desk: Desk) -> dict[str, Editor]:
    """Make them all."""
    made = (_plain, _closed, _step_free, _bus, _coach, _parties, _draft, _far)
    return {one.__name__.removeprefix("_"): one(desk) for one in made}


def _plain(desk: Desk) -> Editor:
    """A day on foot with revisions of many kinds, some of them undone."""
    editor = desk.visit(
        "plain", title_pl="Dzień w małym mieście", title_en="A day in a small town", date="2026-12-07",
        group_size="12", start_site="zachod", start_time="09:00",
    )  # fmt: skip
    editor.add("ratusz", "park", "szkola")
    editor.edit("stop", stop="s1", fixed="09:45", talk=["1", ""], note_pl="Sala nr 2.", note_en="Room 2.")
    editor.edit("stop", stop="s2", window_from="10:00", window_to="12:00", after=["s1", ""])
    editor.edit("stop_hours", "hours-save-s2", stop="s2", hours="Mo-Fr 09:00-11:30")
    editor.edit("add_place", "kind=meal", name="Obiad")
    editor.edit("add_place", "kind=place", name="Ławka <pod> lipą", at="49.9722, 19.8201")
    editor.edit("spare", interpreter="1.5", walk_min="2", bus_min="3", coach_min="4")
    editor.edit("visit", coordinator="Anna Nowak, +48 12 000 00 00", meeting_pl="Pod zegarem", step_free=None)
    editor.edit("lock", "lock-s1", stop="s1")
    editor.edit("remove", "remove-s3", stop="s3")
    editor.step("undo")
    editor.edit("move", "up-p1", stop="p1")
    editor.step("undo")
    return editor


def _closed(desk: Desk) -> Editor:
    """Doors closed in every way, times missed in every way, places not well known."""
    editor = desk.visit(
        "closed", title_pl="Zamknięte drzwi", title_en="Closed doors", date="2026-12-05", group_size="30",
        start_site="zachod", start_time="08:00",
    )  # fmt: skip
    editor.add("ratusz", "muzeum", "muzeum", "park", "park", "wieza", "mlyn", "nieznane", "polna", "muzeum")
    editor.edit("stop", stop="s2", dwell_min="150", min_dwell_min="")
    editor.edit("stop", stop="s4", fixed="10:00")
    editor.edit("stop", stop="s5", window_from="10:10", window_to="10:30", after=["s9", ""])
    editor.edit("day", end_site="zachod", end_by="latest", end_time="13:00")
    editor.edit("add_day")
    editor.edit("day", date="2026-12-08", start_time="07:30")
    editor.add("szkola", "muzeum", "ratusz")
    editor.edit("stop", stop="s1", fixed="07:45")
    editor.edit("stop", stop="s2", dwell_min="118", min_dwell_min="", fixed="10:00")
    editor.edit("stop", stop="s3", fixed="15:30", dwell_min="60")
    editor.edit("copy_day")
    editor.edit("day", date="2026-12-25", start_time="07:30")
    return editor


def _step_free(desk: Desk) -> Editor:
    """A group that cannot climb steps, where there are some, and no streets at all."""
    editor = desk.visit(
        "step-free", title_pl="Bez schodów", title_en="Without steps", date="2026-12-09", group_size="10",
        start_site="ratusz", start_time="08:00",
    )  # fmt: skip
    editor.add("wieza", "wyspa", "las", "lesna")
    editor.edit("visit", step_free="1", pace_kmh="3")
    editor.edit("day", end_site="koniec")
    return editor


def _bus(desk: Desk) -> Editor:
    """Rides that are full or estimated; a day that no timetable knows, with a stand-in and without."""
    editor = desk.visit(
        "bus", title_pl="Autobusem", title_en="By bus", date="2026-12-10", group_size="120",
        start_site="zachod", start_time="08:00",
    )  # fmt: skip
    editor.edit("day_mode", "mode=bus")
    editor.add("ratusz", "koniec", "ratusz", "lesna")
    editor.edit("day", end_site="zachod")
    editor.edit("copy_day")
    editor.edit("day", date="2027-08-03")
    editor.edit("copy_day")
    editor.edit("day", date="2027-08-04")
    editor.edit("stand_in", "stand-in")
    editor.edit("add_day")
    editor.edit("day_mode", "mode=best")
    editor.add("koniec", "ratusz")
    return editor


def _coach(desk: Desk) -> Editor:
    """A coach that is too high for one street and not let into another."""
    editor = desk.visit(
        "coach", title_pl="Autokarem", title_en="By coach", date="2026-12-11", group_size="45",
        start_site="zachod", start_time="08:00",
    )  # fmt: skip
    editor.edit("day_mode", "mode=coach")
    editor.edit("coach", height_m="3,9", length_m="13,5", weight_t="24")
    editor.add("polna", "mlyn", "szkola", "wyspa", "lesna")
    editor.edit("leg_mode", "mode=best", stop="s3")
    editor.edit("day", end_site="koniec", end_by="arrive", end_time="14:00")
    return editor


def _parties(desk: Desk) -> Editor:
    """A delegation in two parties."""
    editor = desk.visit(
        "parties", title_pl="W dwóch grupach", title_en="In two parties", date="2026-12-14", group_size="24",
        start_site="ratusz", start_time="09:00",
    )  # fmt: skip
    editor.add("park", "szkola", "ratusz")
    return editor


def _draft(desk: Desk) -> Editor:
    """Never published, and put away."""
    editor = desk.visit(
        "draft", title_pl="Odłożona", title_en="Put away", date="2026-12-15", group_size="5",
        start_site="", start_at="49.9700, 19.8100", start_name="Skraj",
    )  # fmt: skip
    editor.add("muzeum")
    return editor


def _far(desk: Desk) -> Editor:
    """Off every street, onto streets that lead nowhere, by a bus on request; out at the last minute."""
    editor = desk.visit(
        "far", title_pl="Za miasto", title_en="Out of town", date="2026-12-16", group_size="8",
        start_site="ratusz", start_time="08:30",
    )  # fmt: skip
    editor.add("koniec", "wyspa", "las", "muzeum")
    editor.edit("leg_mode", "mode=bus", stop="s1")
    editor.edit("add_day")
    editor.edit("day", start_time="09:49")
    editor.add("muzeum")
    editor.edit("stop", stop="s1", dwell_min="118", min_dwell_min="", fixed="10:00")
    return editor
