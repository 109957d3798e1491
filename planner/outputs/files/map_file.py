"""The map of a day as one HTML file: Folium's map with all it needs inside, which opens with no network.

Its own policy forbids every request: scripts and styles are let in by what they are, and nothing else is.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from markupsafe import Markup

from planner.outputs.files.content.told import stop_title
from planner.outputs.files.map_assets import in_page
from planner.outputs.maps.folium_page import render_map
from planner.outputs.maps.words import map_words
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.outputs.files.content.plan import FileDay, FilePlan, FileStop
    from planner.outputs.files.map_assets import MapAssets
    from planner.outputs.maps.content import MapContent

PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title} · {date}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body class="file">
<header class="file__head"><h1>{title}</h1><p class="file__date">{date}</p></header>
<main class="file__map">
{map}
<noscript><p>{silent}</p></noscript>
</main>
<section class="file__times" aria-label="{timetable}">
<ol class="file__stops" role="list">
{stops}
</ol>
<details class="map-words"><summary>{words_name}</summary>
<ul role="list">
{words}
</ul>
</details>
</section>
<footer class="file__foot small">
{foot}
</footer>
{scripts}
</body>
</html>
""")
STOP = Markup(
    '<li id="stop-{number}"><span class="file__number">{number}</span>'
    '<div><strong><span class="time">{times}</span> {name}</strong>{more}</div></li>'
)
MORE = Markup('<p class="small">{text}</p>')


def map_file(plan: FilePlan, content: MapContent, assets: MapAssets) -> bytes:
    """Return the file of a plan of one day; needs an application context."""
    parts = render_map(content)
    scripts = [*assets.scripts, in_page(parts.script)]
    (day,) = plan.days
    date = " – ".join(text for text in (day.label, plan.party) if text)
    with force_locale(plan.language):
        page = PAGE.format(
            language=plan.language,
            policy=_policy(scripts, assets.style),
            title=plan.title,
            date=date,
            style=Markup(assets.style),  # noqa: S704 - our own files
            map=Markup(parts.html),  # noqa: S704 - made by render_map, which escapes
            silent=gettext("The map needs JavaScript."),
            timetable=gettext("Timetable"),
            stops=Markup("\n").join(map(_stop, day.stops)),
            words_name=gettext("The map in words"),
            words=_each(Markup("<li>{}</li>"), map_words(content)),
            foot=_each(Markup("<p>{}</p>"), _foot(plan, day)),
            scripts=_each(Markup("<script>{}</script>"), map(Markup, scripts)),
        )
    return page.encode()


def _stop(stop: FileStop) -> Markup:
    lines = (
        stop.leg.told if stop.leg else (),
        (stop.address, *stop.facts),
        (stop.note,),
        tuple(stop.doubts),
        () if stop.at else (gettext("Not on the map."),),
    )
    told = (" · ".join(text for text in line if text) for line in lines)
    more = Markup().join(MORE.format(text=text) for text in told if text)
    return STOP.format(number=stop.number, times=stop.times, name=stop_title(stop), more=more)


def _foot(plan: FilePlan, day: FileDay) -> Iterator[str]:
    """Which version of the visit and of the day it is, what is doubtful, what it rests on."""
    yield plan.version
    if day.version:
        yield day.version
    yield from (*day.doubts, *plan.rests.lines)


def _each(form: Markup, texts: Iterable[str]) -> Markup:
    return Markup("\n").join(form.format(text) for text in texts)


def _policy(scripts: list[str], style: str) -> str:
    """Return the policy of the file: its own scripts and style by their hashes, nothing from anywhere."""
    own = " ".join(map(_hash, scripts))
    return f"default-src 'none'; script-src {own}; style-src {_hash(style)}; img-src data:"


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
