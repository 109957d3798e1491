"""How maps and boards look: colours, and what they tell apart, from static/look.json.

Style sheet and scripts are made of the same file (static/js/look.mjs). The names stand here once more as
types; a test holds them to the file.
"""

from __future__ import annotations

import json
from typing import Any, Literal, get_args

from planner.paths import ROOT

LegMode = Literal["walk", "bus", "coach", "ride"]
LEG_MODES: tuple[LegMode, ...] = get_args(LegMode)
"""How a piece of the way is drawn, in the order of legends; "ride" runs on rails."""

PartyLook = Literal["a", "b", "c", "d", "e", "f"]
PARTY_LOOKS: tuple[PartyLook, ...] = get_args(PartyLook)
"""How parties are drawn, in their order: each has a colour and a line of its own."""

StopTone = Literal["ok", "warn", "fail"]
STOP_TONES: tuple[StopTone, ...] = get_args(StopTone)
"""How grave the warnings of a stop are, the gravest last."""

LOOK: dict[str, Any] = json.loads((ROOT / "static" / "look.json").read_text(encoding="utf-8"))

PARTY_INKS: dict[str, str] = {look: LOOK["colours"][f"party-{look}"]["light"] for look in PARTY_LOOKS}
"""The parties' colours on paper, as on a light screen."""

SHEET_INKS: dict[str, str] = {
    name.removeprefix("map-"): colour["sheet"]
    for name, colour in LOOK["colours"].items()
    if "sheet" in colour
}
"""The colours of the map for paper by what they are for: land, water, street, route..."""
