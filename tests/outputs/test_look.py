"""Python, style sheets and scripts tell the same things apart: all of them as static/look.json has it."""

from __future__ import annotations

import re

from planner.outputs.board.frame import TEXT
from planner.outputs.look import LEG_MODES, LOOK, PARTY_LOOKS, SHEET_INKS, STOP_TONES
from planner.outputs.maps.description import LABEL_ORDER, LANDMARK_MARKS, LOOKS, MARK_OF, MARKS, ORDER
from planner.outputs.maps.folium_page import LABELS
from planner.outputs.maps.packing import DIGITS
from planner.outputs.maps.paper.legend import CORES
from planner.outputs.maps.paper.route import DASHES
from planner.outputs.maps.visit import LOOKS as MODES
from planner.paths import ROOT
from planner.streets.query.layers import LayerKind

CSS, JS = ROOT / "static" / "css", ROOT / "static" / "js"


def endings(sheet: str, stem: str) -> set[str]:
    """What follows a class's stem in a style sheet."""
    return set(re.findall(rf"\.{stem}--([a-z-]+)", (CSS / sheet).read_text(encoding="utf-8")))


def test_the_kinds_of_layers_are_those_of_the_streets() -> None:
    assert [kind["name"] for kind in LOOK["kinds"]] == [kind.name for kind in LayerKind]
    assert [kind.value for kind in LayerKind] == list(range(len(LOOKS)))
    inks = {look.colour for look in LOOKS.values()} | {
        look.lettering.colour for look in LOOKS.values() if look.lettering
    }
    assert inks <= SHEET_INKS.keys()


def test_every_kind_is_painted_and_every_mark_has_a_look() -> None:
    painted = {step.rpartition(":")[2] for step in ORDER}
    assert painted == {kind.name for kind in LayerKind}
    assert set(LABEL_ORDER) == {kind.name for kind, look in LOOKS.items() if look.lettering}
    assert {*MARK_OF.values(), *LANDMARK_MARKS.values(), "other"} == MARKS.keys()


def test_the_names_are_those_of_the_types() -> None:
    assert tuple(LOOK["modes"]) == LEG_MODES
    assert tuple(LOOK["parties"]) == PARTY_LOOKS
    assert tuple(LOOK["tones"]) == STOP_TONES


def test_every_mode_has_a_line_and_words() -> None:
    beside_walks = set(LEG_MODES) - {"walk"}
    assert set(MODES.values()) | {"ride"} == set(LEG_MODES)
    assert set(LEG_MODES) <= LABELS.keys()
    assert endings("parts/map.css", "visit-leg") == {*beside_walks, *PARTY_LOOKS, "estimated", "on"}
    drawn = {f"party-{look}" for look in PARTY_LOOKS} | beside_walks
    assert endings("parts/map.css", "visit-legend__line") == drawn
    assert CORES.keys() == beside_walks - {"bus"}


def test_every_party_has_a_colour_and_a_line() -> None:
    parties = set(PARTY_LOOKS)
    assert {name.removeprefix("party-") for name in LOOK["colours"] if name.startswith("party-")} == parties
    assert endings("pages/parties.css", "look") == {*parties, "all"}
    assert DASHES.keys() == parties - {"a"}


def test_every_grave_tone_has_a_colour() -> None:
    assert endings("parts/map.css", "visit-stop__disc") == {*STOP_TONES, "meal"} - {"ok"}
    assert set(STOP_TONES) - {"ok"} <= LOOK["colours"].keys()


def test_scripts_and_templates_name_no_colour_and_repeat_no_list() -> None:
    scripts = [file for file in JS.rglob("*.js") if file.name != "kinds.js"]
    templates = list((ROOT / "templates").rglob("*.html"))
    lists = [", ".join(f"{quote}{name}{quote}" for name in names[:3])
             for names in (LEG_MODES, PARTY_LOOKS, STOP_TONES) for quote in "\"'"]  # fmt: skip
    for file in (*scripts, *templates):
        text = file.read_text(encoding="utf-8")
        assert re.findall(r"#[0-9a-fA-F]{6}\b", text) == [], file
        assert [one for one in lists if one in text] == [], file


def test_python_names_no_colour_either() -> None:
    for file in (ROOT / "planner" / "outputs").rglob("*.py"):
        assert re.findall(r"#[0-9a-fA-F]{6}\b", file.read_text(encoding="utf-8")) == [], file


def test_packed_lines_are_read_with_the_digits_they_are_written_with() -> None:
    assert f'const DIGITS = "{DIGITS}";' in (JS / "map" / "ground" / "unpack.js").read_text(encoding="utf-8")


def test_every_size_that_is_asked_for_is_a_token_and_none_is_idle() -> None:
    sheets = {file.name: file.read_text(encoding="utf-8") for file in CSS.rglob("*.css")}
    tokens = set(re.findall(r"--([\w-]+):", sheets["tokens.css"]))
    named = {name for text in sheets.values() for name in re.findall(r"--([\w-]+):", text)}
    asked = {name for text in sheets.values() for name in re.findall(r"var\(--([\w-]+)\)", text)}
    painted = {f"map-{name.removeprefix('map-')}" for name in LOOK["colours"] if name.startswith("map-")}
    assert asked <= named
    assert tokens <= asked | painted


def test_the_board_writes_as_large_as_it_reckons() -> None:
    assert f"--size-board: {TEXT:g}px;" in (CSS / "tokens.css").read_text(encoding="utf-8")
