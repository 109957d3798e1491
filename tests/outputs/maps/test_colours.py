"""The tokens' colours can be read in every theme: contrast as WCAG counts it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest

from planner.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ENOUGH = 4.5
PARTIES = tuple(f"party-{one}" for one in "abcdef")
READ_ON_PAPER = ("ink", "ink-soft", "accent", "warn", "fail", *PARTIES)


def themes() -> dict[str, dict[str, str]]:
    """The colours of each theme; `plain` is what a browser shows that does not know light-dark()."""
    text = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", text)
    plain = colours_of(r":root", text)
    light = {name: one for name, one, _ in pairs}
    return {
        "plain": plain,
        "light": light,
        "dark": {name: other for name, _, other in pairs},
        "sun": light | colours_of(r':root\[data-theme="sun"\]', text),
        "print": light | colours_of(r"  :root, :root\[data-theme\]", text),
    }


def colours_of(selector: str, text: str) -> dict[str, str]:
    """The colours of one rule, each given by itself."""
    rule = re.search(rf"^{selector} \{{([^}}]*)\}}", text, re.MULTILINE)
    assert rule is not None, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule[1]))


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_text_can_be_read_in_every_theme() -> None:
    found = themes()
    assert len(found) == 5
    faint = [
        (theme, name, ground)
        for theme, colours in found.items()
        for name, ground in (
            *((name, "paper") for name in READ_ON_PAPER),
            ("ink", "paper-tint"),
            ("ink-soft", "paper-tint"),
            ("map-label", "map-land"),
            ("map-label", "map-green"),
            ("map-label", "map-street"),
            ("map-route", "map-land"),
        )
        if contrast(colours[name], colours[ground]) < ENOUGH
    ]
    assert faint == []


def test_a_browser_without_light_dark_shows_the_light_theme() -> None:
    found = themes()
    assert found["plain"] == found["light"]
    assert found["dark"]["paper"] == "#111817"
    text = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    before, _behind = text.split("@supports (color: light-dark(#ffffff, #000000)) {")
    assert "light-dark(" not in before


def test_no_colour_is_named_outside_the_tokens() -> None:
    sheets = [sheet for sheet in (ROOT / "static" / "css").rglob("*.css") if sheet.stem != "tokens"]
    assert {"base", "participant", "print", "map", "editor"} <= {sheet.stem for sheet in sheets}
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text) == [], sheet


@pytest.mark.browser
def test_the_theme_is_the_devices_until_somebody_chooses(chromium: Browser) -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    page = chromium.new_page(color_scheme="dark")
    page.set_content(f"<!doctype html><style>{tokens} body {{ background: var(--paper); }}</style>")

    def shown(
        theme: str, device: Literal["light", "dark"], media: Literal["screen", "print"] = "screen"
    ) -> str:
        page.emulate_media(color_scheme=device, media=media)
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light, dark = "rgb(255, 255, 255)", "rgb(17, 24, 23)"
    assert (shown("", "light"), shown("", "dark")) == (light, dark)
    assert (shown("light", "dark"), shown("sun", "dark"), shown("dark", "light")) == (light, light, dark)
    assert {shown(theme, "dark", "print") for theme in ("", "light", "sun", "dark")} == {light}
    unknown = tokens.replace("light-dark(", "not-made-yet(")
    page.set_content(f"<!doctype html><style>{unknown} body {{ background: var(--paper); }}</style>")
    assert {shown(theme, "dark") for theme in ("", "dark")} == {light}
    page.close()
