"""Documents of older forms read as the program of their day meant them."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast, get_args

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.releases import ReleaseContent
from planner.domain.warnings import codes
from planner.domain.warnings.codes import ClosedAsBefore, Closes, NotStepFree, NoWay, Warning, WarningCode
from planner.store.documents import from_json, to_json
from planner.store.raising import FORM, raise_release, raise_warning
from tests.kit.samples import sample_content
from tests.kit.warned import told_of, warned

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

EVERY = [kind for family in get_args(Warning) for kind in (get_args(family) or (family,))]


def old(warning: dict[str, Any]) -> dict[str, Any]:
    return {"stop": None, "leg": None, "by_s": None, "params": {}, **warning}


def test_every_code_has_a_class_of_its_own() -> None:
    assert {kind.code for kind in EVERY} == set(WarningCode)
    assert [kind.__name__ for kind in EVERY if kind.code is WarningCode.CLOSED] == [
        "Closes",
        "OpensLater",
        "ShutAllDay",
        "ClosedAsBefore",
    ]


def test_a_closed_warning_from_before_there_were_kinds_keeps_what_it_says() -> None:
    document = old(
        {"code": "closed", "stop": 2, "by_s": 900, "params": {"opens": "10:00", "closes": "16:00"}}
    )
    warning = from_json(ClosedAsBefore, raise_warning(document))
    assert warning == ClosedAsBefore(stop=2, by_s=900, opens="10:00", closes="16:00")


def test_names_that_were_given_new_ones_are_carried_over() -> None:
    params = {"kind": "closes", "from": "13:00", "closes": "16:00", "left_min": 3, "at": "08:00"}
    shut = warned(WarningCode.CLOSED, params=params)
    assert isinstance(shut, Closes)
    assert (shut.opens, shut.closes, shut.left_min, shut.dwell_min) == ("13:00", "16:00", 3, None)
    steps = warned(WarningCode.NOT_STEP_FREE, params={"obstacle": "steps", "lon": "19.8", "lat": "49.9"})
    assert isinstance(steps, NotStepFree)
    assert steps.at == (19.8, 49.9)
    asked = warned(WarningCode.ON_REQUEST, params={"line": "253", "stop": "Skawina"})
    assert told_of(asked) == {"line": "253", "halt": "Skawina"}


def test_what_cannot_be_read_is_missing_and_nothing_breaks(caplog: pytest.LogCaptureFixture) -> None:
    assert warned(WarningCode.NO_WAY, params={"coach": "by magic"}) == NoWay()
    broken = {"metres": "far", "obstacle": 7, "lon": "x"}
    assert warned(WarningCode.NOT_STEP_FREE, params=broken) == NotStepFree()
    assert raise_warning(old({"code": "too_cold"})) is None
    assert "too_cold" in caplog.text


def test_a_release_of_the_first_form_opens_and_one_of_the_present_form_is_left_as_it_is() -> None:
    content = sample_content()
    document = json.loads(json.dumps({"form": FORM, **to_json(content)}))
    assert from_json(ReleaseContent, raise_release(document)) == content
    first = json.loads(json.dumps(to_json(content)))
    for itinerary in first["itineraries"]:
        itinerary["warnings"] = [old({"code": "long_walk", "leg": 1, "params": {"metres": 2640}})]
        for leg in itinerary["legs"]:
            leg["warnings"] = [old({"code": "no_way"})]
    opened = from_json(ReleaseContent, raise_release(first))
    assert opened.itineraries[0].warnings == (codes.LongWalk(leg=1, metres=2640),)
    assert all(leg.warnings == (NoWay(),) for leg in opened.itineraries[0].legs)


def values(annotation: str) -> st.SearchStrategy[Any]:
    kind = annotation.removesuffix(" | None")
    if kind == "int":
        return st.integers(0, 10**6) if annotation == kind else st.none() | st.integers(0, 10**6)
    if kind == "bool":
        return st.booleans()
    if kind == "float":
        return st.none() | st.floats(0, 10**6)
    if kind == "str":
        return st.text(max_size=20)
    if kind == "LonLat":
        return st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90))
    return st.none() | st.sampled_from(getattr(codes, kind))


def strategies() -> Iterator[st.SearchStrategy[Any]]:
    for kind in EVERY:
        free = [field for field in fields(kind) if not str(field.type).startswith("Literal")]
        yield st.builds(kind, **{field.name: values(str(field.type)) for field in free})


@given(st.one_of(*strategies()))
def test_every_warning_comes_back_as_it_was_stored(warning: Warning) -> None:
    document = json.loads(json.dumps(to_json(warning)))
    back = from_json(cast("type[Warning]", Warning), document)
    assert (type(back), back) == (type(warning), warning)
