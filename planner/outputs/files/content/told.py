"""A stop in lines of text, for the forms that have room for a description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.files.content.plan import FileDay, FileEnd, FileStop


def if_it_rains(day: FileDay, text: str) -> str:
    """Return a text, said to hold only if it rains where its day is that version and not in force."""
    return gettext("If it rains: %(what)s", what=text) if day.is_only_if else text


def stop_title(stop: FileStop) -> str:
    """Return a stop's name with its party, where it is one party's stay."""
    return f"{stop.name} ({gettext('Party %(name)s', name=stop.party)})" if stop.party else stop.name


def stop_lines(stop: FileStop) -> Iterator[str]:
    """Yield what is told of a stop: the way to it, what is there, what is doubtful."""
    if stop.leg:
        yield from stop.leg.told
    if stop.facts:
        yield " · ".join(stop.facts)
    if stop.booked:
        yield stop.booked
    if stop.note:
        yield stop.note
    yield from stop.about
    yield from stop.doubts
    if stop.at is None:
        yield gettext("Not on the map.")
    if stop.aside:
        yield gettext("For the guide: %(note)s", note=stop.aside)


def meeting_line(start: FileEnd, time: str) -> str:
    """Return where and when a day begins."""
    place = ", ".join(text for text in (start.name, start.address) if text)
    return gettext("Meeting point: %(time)s, %(place)s", time=time, place=place)


def is_first(day: FileDay, stop: FileStop) -> bool:
    """Return whether a stop is the first of its party's day."""
    return not any(
        other.start < stop.start and (not other.party or not stop.party or other.party == stop.party)
        for other in day.stops
    )
