"""The visits of a recording: together they use every form of the editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.record.desk import STATION, Editor

if TYPE_CHECKING:
    from tests.record.desk import Desk

PARK = "49.97394, 19.82162"


@dataclass(frozen=True)
class Visits:
    """The visits by what they show, each with its editor."""

    one: Editor
    three: Editor
    backward: Editor
    coach: Editor
    closed: Editor
    parties: Editor
    outdated: Editor
    unplanned: Editor
    many: Editor
    empty: Editor


def make(desk: Desk) -> Visits:
    """Make them all."""
    return Visits(
        one=_one(desk),
        three=_three(desk),
        backward=_backward(desk),
        coach=_coach(desk),
        closed=_closed(desk),
        parties=_parties(desk),
        outdated=_outdated(desk),
        unplanned=_unplanned(desk),
        many=_many(desk),
        empty=desk.visit("empty", title_pl="Pusta", title_en="", date="2026-12-17", group_size="1"),
    )


def _one(desk: Desk) -> Editor:
    """A day on foot with all that one stop can ask for."""
    made = desk.visit(
        "one", title_pl="Delegacja ze Lwowa", title_en="Delegation from Lviv", date="2026-12-14",
        group_size="24",
    )  # fmt: skip
    made.add("sck-pr", "muzeum", "ratusz", "teznia", "park-miejski")
    made.edit("add_place", "kind=meal", name="Obiad")
    made.edit("add_place", "kind=break", name="")
    made.edit("add_place", "kind=place", name="Ławka <b>&amp;</b> drzewo", at="49.9742, 19.8219")
    made.edit(
        "visit", coordinator="Anna Nowak, +48 12 000 00 00", meeting_pl="Przed dworcem",
        meeting_en="In front of the station", pace_kmh="3,8",
    )  # fmt: skip
    made.edit("day", end_site=STATION, end_by="latest", end_time="14:30")
    made.edit("spare", interpreter="1,5", walk_min="2", bus_min="5", coach_min="10")
    made.edit(
        "stop", stop="s3", fixed="10:45", talk=["1", ""], note_pl="Sala na 2. piętrze.",
        note_en="Room on the 2nd floor.", min_dwell_min="30", buffer_min="5",
    )  # fmt: skip
    made.edit("stop", stop="s2", window_from="09:15", window_to="10:45", dwell_min="30")
    made.edit("stop", stop="s4", after=["s3", ""], window_from="12:00", window_to="13:00",
              window_from_2="13:30", window_to_2="14:30")  # fmt: skip
    made.edit("move", "up-p1", stop="p1")
    made.edit("lock", "lock-s1", stop="s1")
    made.edit("stop_hours", "hours-save-s5", stop="s5", hours="Mo-Fr 08:00-13:00; PH,SH off")
    made.edit("stop", stop="m1", place_site="sokol", name="Obiad w Sokole")
    made.edit("remove", "remove-b1", stop="b1")
    made.step("undo")
    made.step("redo")
    return made


def _three(desk: Desk) -> Editor:
    """Three days: on foot, by bus, and by the quickest means."""
    made = desk.visit(
        "three", title_pl="Trzy dni w gminie", title_en="Three days in the commune", date="2026-12-15",
        group_size="18",
    )  # fmt: skip
    made.add("rynek", "ratusz", "kosciol", "synagoga")
    made.edit("day", end_site=STATION, end_by="latest", end_time="12:30")
    made.edit("add_day")
    made.add("pr-zachodnia", "dwor-radziszow", "ogrod-deszczowy-szkola")
    made.edit("day_mode", "mode=bus")
    made.edit("leg_mode", "mode=walk", stop="s2")
    made.edit("leg_mode", "mode=bus", stop="s2")
    made.edit("add_place", "kind=meal", name="")
    made.open(1)
    made.edit("copy_day")
    made.edit("day_mode", "mode=best")
    made.add("dwor-korabniki", "cus")
    made.edit("end_mode", "mode=walk")
    made.edit("to_day", stop="s4", to_day="0")
    made.open(1)
    return made


def _backward(desk: Desk) -> Editor:
    """A day that must be over in time, by bus from a place of one's own."""
    made = desk.visit(
        "backward", title_pl="Zdążyć na pociąg", title_en="In time for the train", date="2026-12-18",
        group_size="12", start_time="07:00", start_site="", start_at="49.9403, 19.8077",
        start_name="Radziszów, rynek",
    )  # fmt: skip
    made.add("muzeum", "park-miejski", "rynek")
    made.edit("day", end_site=STATION, end_by="arrive", end_time="12:05")
    made.edit("day_mode", "mode=bus")
    made.edit("stop", stop="s3", dwell_min="25", min_dwell_min="10", fixed="")
    return made


def _coach(desk: Desk) -> Editor:
    """A large group in a tall coach that must not climb steps."""
    made = desk.visit(
        "coach", title_pl="Autokarem", title_en="By coach", date="2026-12-16", group_size="62",
    )  # fmt: skip
    made.add("pr-zelczyna", "hallerowka", "muzeum", "jagielnia", "stadion")
    made.edit("coach", height_m="3,9", length_m="13,5", weight_t="24", width_m="2,55")
    made.edit("day_mode", "mode=coach")
    made.edit("leg_mode", "mode=bus", stop="s3")
    made.edit("visit", step_free="1", pace_kmh="3")
    made.edit("day", end_site="ratusz", end_by="latest", end_time="13:00")
    made.edit("end_mode", "mode=best")
    return made


def _closed(desk: Desk) -> Editor:
    """A Saturday on which doors are closed, and two fixed times that exclude each other."""
    made = desk.visit(
        "closed", title_pl="Sobota", title_en="Saturday", date="2026-12-19", group_size="30",
    )  # fmt: skip
    made.add("muzeum", "ratusz", "senior-rynek-24", "rynek", "dwor-korabniki")
    made.edit("stop", stop="s4", fixed="10:00", dwell_min="40")
    made.edit("stop", stop="s5", fixed="10:30", dwell_min="20", min_dwell_min="10")
    made.edit("day", end_site=STATION, end_by="latest", end_time="12:00")
    return made


def _parties(desk: Desk) -> Editor:
    """A delegation that splits into three."""
    made = desk.visit(
        "parties", title_pl="Czterdziestu w trzech grupach", title_en="Forty in three parties",
        date="2026-12-21", group_size="40",
    )  # fmt: skip
    made.add("sck-pr", "muzeum", "ratusz", "synagoga", "camena")
    made.edit("day", end_site=STATION)
    made.edit("add_day")
    made.add("park-miejski", "teznia")
    made.open(1)
    return made


def _outdated(desk: Desk) -> Editor:
    """By bus on a date of which no timetable speaks."""
    made = desk.visit(
        "outdated", title_pl="Za rok", title_en="In a year", date="2028-02-07", group_size="20",
    )  # fmt: skip
    made.add("dwor-radziszow", "pr-zachodnia")
    made.edit("day_mode", "mode=bus")
    made.edit("stand_in", "stand-in")
    made.edit("stand_in", "stand-in")
    made.edit("stand_in", "stand-in")
    return made


def _unplanned(desk: Desk) -> Editor:
    """Far from every street, across midnight, on a public holiday."""
    made = desk.visit(
        "unplanned", title_pl="Sylwester", title_en="", date="2026-12-25", group_size="20",
        start_time="22:30", start_site="", start_at="49.9560, 19.7000", start_name="W polu",
    )  # fmt: skip
    made.add("sag-polnoc", "sokol")
    made.edit("add_place", "kind=place", name="Daleko", at="49.9100, 19.8700")
    made.edit("stop", stop="s2", fixed="00:30+1", dwell_min="60", min_dwell_min="")
    made.edit("stop", stop="p1", dwell_min="15", place_at=PARK, name="Bliżej")
    return made


def _many(desk: Desk) -> Editor:
    """As many days as a visit may have."""
    made = desk.visit(
        "many", title_pl="Dwa tygodnie", title_en="A fortnight", date="2027-01-11", group_size="10",
    )  # fmt: skip
    made.add("rynek", "muzeum", "park-miejski")
    for _ in range(13):
        made.edit("copy_day")
    made.raw("copy_day")
    return made
