"""Undo, redo and the way back: whatever was edited, every state comes back exactly as it was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.edits.changes import changes
from planner.domain.edits.days import add_day, remove_day
from planner.domain.edits.stops import add_stop, move_stop, new_stop_id, remove_stop, with_day
from planner.domain.visits import Mode, PlaceRef, Stop, StopKind, Visit
from planner.services.accounts.users import Role, User, add_user
from planner.services.together.came_in import NOTHING, CameIn
from planner.services.visits import editing
from planner.services.visits.editing import ConflictError, Decided, DraftEdit, Step
from planner.services.visits.history import history
from planner.store.hosts.arrangements import last_edited
from tests.conftest import FULL
from tests.kit.databases import session_in
from tests.kit.samples import sample_visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

ANNA = User(1, "anna", Role.ADMIN)
OLA = User(2, "ola", Role.ADMIN)
SITES = ("muzeum", "ratusz", "teznia", "rynek")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session_in(tmp_path_factory.mktemp("history")) as session:
        assert [add_user(session, one.name, one.role, 0) for one in (ANNA, OLA)] == [ANNA, OLA]
        session.commit()
        yield session


def edited(number: int) -> Callable[[Visit], Visit]:
    """One of a few edits of different kinds, by a number; each fits whatever was edited before."""
    size = number // len(EDITS)
    return lambda visit: EDITS[number % len(EDITS)](visit, size)


def added(visit: Visit, size: int) -> Visit:
    day = visit.days[0]
    place = PlaceRef(site=SITES[size % len(SITES)])
    return with_day(visit, 0, add_stop(day, Stop(new_stop_id(day, StopKind.SITE), place=place)))


def removed(visit: Visit, size: int) -> Visit:
    day = visit.days[0]
    names = [stop.id for stop in day.stops]
    return with_day(visit, 0, remove_stop(day, names[size % len(names)])) if names else visit


def moved(visit: Visit, size: int) -> Visit:
    day = visit.days[0]
    return with_day(visit, 0, move_stop(day, day.stops[-1].id, size % len(day.stops))) if day.stops else visit


def shortened(visit: Visit, size: int) -> Visit:
    day = visit.days[0]
    stops = tuple(
        replace(stop, dwell_min=5 + size) if at == size % len(day.stops) else stop
        for at, stop in enumerate(day.stops)
    )
    return with_day(visit, 0, replace(day, stops=stops))


def renamed(visit: Visit, size: int) -> Visit:
    return replace(visit, title={"pl": f"Wizyta {size}"}, group_size=1 + size)


def by_other_means(visit: Visit, size: int) -> Visit:
    return with_day(visit, 0, replace(visit.days[0], mode=list(Mode)[size % len(Mode)]))


def another_day(visit: Visit, _size: int) -> Visit:
    return remove_day(visit, 1) if len(visit.days) > 1 else add_day(visit, 0)


EDITS = (added, removed, moved, shortened, renamed, by_other_means, another_day)


class Desk:
    """A new visit in a database, and who works on it."""

    def __init__(self, session: Session, user: User = ANNA) -> None:
        self.session, self.user, self.now = session, user, 0
        self.row = editing.create(session, user, sample_visit(), 0)

    def edit(self, number: int) -> Visit:
        self.now += 600
        made = DraftEdit("edit", self.row.head, edited(number))
        return editing.apply(self.session, self.user, self.row.id, made, self.now)

    def step(self, *, is_redo: bool = False) -> Visit:
        made = Step(self.row.head, is_redo, self.now)
        return editing.step(self.session, self.user, self.row.id, made)[1]

    def back(self, number: int) -> Visit:
        return editing.back_to(self.session, self.user, self.row.id, self.row.head, number, self.now + 60)[1]

    @property
    def visit(self) -> Visit:
        self.session.flush()
        self.session.expire_all()  # as after a reload
        return editing.state(self.session, self.row).visit


MIXED = st.lists(st.integers(0, 300), min_size=10, max_size=10)


@pytest.mark.dear
@given(MIXED)
def test_undoing_ten_mixed_edits_restores_each_state_and_redoing_too(
    database: Session, numbers: list[int]
) -> None:
    desk = Desk(database)
    states = [desk.visit]
    for number in numbers:
        after = desk.edit(number)
        if after != states[-1]:
            states.append(after)
    for state in reversed(states[:-1]):
        assert desk.step() == state == desk.visit
    assert desk.step() == states[0]  # nothing is before the first
    for state in states[1:]:
        assert desk.step(is_redo=True) == state
    assert desk.step(is_redo=True) == states[-1]
    database.rollback()


@given(MIXED, st.data())
def test_any_state_comes_back_and_nothing_is_lost_by_it(
    database: Session, numbers: list[int], data: st.DataObject
) -> None:
    desk = Desk(database)
    for number in numbers:
        if data.draw(st.booleans(), "undo"):
            desk.step()
        desk.edit(number)
    told = {edit.number: edit.visit for edit in history(database, desk.row).edits}
    assert sorted(told) == list(range(1, desk.row.top + 1))
    before, wanted = desk.visit, data.draw(st.sampled_from(sorted(told)), "back to")
    assert desk.back(wanted) == told[wanted] == desk.visit
    if told[wanted] != before:
        assert desk.step() == before
        assert desk.step(is_redo=True) == told[wanted]
    after = {edit.number: edit.visit for edit in history(database, desk.row).edits}
    assert told.items() <= after.items()
    database.rollback()


def test_history_tells_who_did_what_when_and_what_undo_went_past(database: Session) -> None:
    desk = Desk(database)
    desk.edit(4)
    desk.user = OLA
    desk.edit(0)
    desk.step()
    desk.edit(7)
    edits = history(database, desk.row).edits
    assert [(one.number, one.author, one.is_undone, one.is_here) for one in edits] == [
        (4, "ola", False, True),
        (3, "ola", True, False),
        (2, "anna", False, False),
        (1, "anna", False, False),
    ]
    assert [one.at for one in edits] == [1800, 1200, 600, 0]
    assert [change.field for change in edits[2].changes] == ["title", "group_size"]
    assert edits[3].changes == ()
    first = history(database, desk.row, most=3)
    assert (len(first.edits), first.older) == (3, 2)
    rest = history(database, desk.row, below=2, most=3)
    assert ([one.number for one in rest.edits], rest.older) == ([1], None)
    database.rollback()


@settings(max_examples=100 if FULL else 4)
@given(st.lists(st.tuples(st.sampled_from(["edit", "undo", "redo"]), st.integers(0, 300)), max_size=10))
def test_a_visit_was_edited_last_when_its_draft_moved_last(
    database: Session, numbers: list[tuple[str, int]]
) -> None:
    desk, moved_at = Desk(database), 0
    for what, number in numbers:
        before = desk.row.head
        if what == "edit":
            desk.edit(number)
        else:
            desk.now += 60
            desk.step(is_redo=what == "redo")
        moved_at = desk.now if desk.row.head != before else moved_at
        assert last_edited(database, desk.row) == moved_at
    database.rollback()


@given(st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=100 if FULL else 6)
def test_what_came_in_from_another_is_told_and_what_one_did_oneself_is_not(
    database: Session, first: int, second: int
) -> None:
    desk = Desk(database)
    base, seen = desk.row.head, desk.visit
    theirs = desk.edit(first)
    with suppress(ConflictError):
        made = DraftEdit("edit", base, edited(second), Decided())
        other = editing.put_together(database, OLA, desk.row.id, made, 0)
        own = editing.put_together(database, OLA, desk.row.id, replace(made, base=desk.row.head), 0)
        assert own.came_in == NOTHING
        assert other.came_in == (NOTHING if theirs == seen else CameIn(("anna",), changes(seen, theirs)))
    database.rollback()


def test_going_back_is_refused_where_somebody_else_has_edited(database: Session) -> None:
    desk = Desk(database)
    desk.edit(4)
    seen = desk.row.head
    desk.user = OLA
    last = desk.edit(11)
    with pytest.raises(ConflictError) as refused:
        editing.back_to(database, ANNA, desk.row.id, seen, 1, 0)
    assert refused.value.by == "ola"
    assert {change.field for change in refused.value.since} == {"title", "group_size"}
    assert desk.visit == last
    database.rollback()
