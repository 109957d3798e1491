"""What became of each stay over the releases of a visit: when it last changed, and which were dropped.

An event's SEQUENCE has to grow whenever it changes, wherever and however often it is asked for. So it is the
number of the release in which it last changed, less one: a new visit begins with 0. What a stay is when it
rains counts as a part of it, since guides may have switched to that; some stays there are only then, where
the parties are apart at a stop that they come to together without rain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner.domain.clock import Instant, minute_until
from planner.domain.releases import ReleaseContent
from planner.outputs.files.content.stays import Stay, StayKey, stays_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from planner.domain.sites import Site
    from planner.domain.visits import PlaceRef


@dataclass(frozen=True)
class Changed:
    """In which release a stay last changed, and when that was published."""

    release: int
    published: Instant

    @property
    def sequence(self) -> int:
        """How often it may have changed."""
        return self.release - 1


@dataclass(frozen=True)
class Dropped:
    """A stay as it was in the last release, or rain version of one, that had it."""

    stay: Stay
    release: ReleaseContent
    changed: Changed

    @property
    def date(self) -> dt.date:
        """Return the date of its day."""
        return self.release.visit.days[self.stay.day].date


@dataclass(frozen=True)
class History:
    """The stays of the newest release by their last change, and those that were dropped.

    `dry` are the same as they are told, and `wet` all that any rain version has had, of which a calendar has
    some while that version is in force and others while it is not.
    """

    changes: Mapping[StayKey, Changed]
    dropped: tuple[Dropped, ...]
    dry: tuple[Dropped, ...] = ()
    wet: tuple[Dropped, ...] = ()

    def changed_only_in_rain(self, key: StayKey) -> Changed | None:
        """Return when a stay that is there only in the rain last was in a release; None if never."""
        found = [one.changed for one in (*self.wet, *self.dropped) if one.stay.key == key]
        return max(found, key=lambda changed: changed.release, default=None)

    def switched_off(self, shown: AbstractSet[StayKey], dates: AbstractSet[dt.date]) -> Iterator[Dropped]:
        """Yield what a calendar that shows some stays had of the other version of days that were switched."""
        told = {one.stay.key: one for one in (*self.wet, *self.dry) if one.date in dates}
        for key in sorted(told.keys() - shown):
            changed = self.changes.get(key) or self.changed_only_in_rain(key) or told[key].changed
            yield replace(told[key], changed=changed)


def history_of(releases: Sequence[ReleaseContent]) -> History:
    """Return what became of the stays of a visit over its releases, given from the oldest to the newest.

    Where the oldest ones are left out, all stays count as changed with the first that is given: no number
    gets smaller by that.
    """
    changes: dict[StayKey, Changed] = {}
    said: dict[StayKey, Any] = {}
    gone: dict[StayKey, Dropped] = {}
    before: dict[StayKey, tuple[Stay, ReleaseContent]] = {}
    wet: dict[StayKey, Dropped] = {}
    for release in releases:
        now = Changed(release.number, release.published)
        stays = _with_release(release)
        rainy = _with_release(release.rain) if release.rain else {}
        wet |= {key: Dropped(*one, now) for key, one in rainy.items()}
        for key in before.keys() - stays.keys():
            gone[key] = Dropped(*before[key], now)
            del said[key], changes[key]
        for key, one in stays.items():
            gone.pop(key, None)
            saying = (_said(*one), _said(*rainy[key]) if key in rainy else None)
            if said.get(key) != saying:
                said[key], changes[key] = saying, now
        before = stays
    dry = tuple(Dropped(*before[key], changes[key]) for key in sorted(before))
    return History(changes, tuple(gone[key] for key in sorted(gone)), dry, tuple(wet.values()))


def _with_release(release: ReleaseContent) -> dict[StayKey, tuple[Stay, ReleaseContent]]:
    return {stay.key: (stay, release) for stay in stays_of(release)}


def _said(stay: Stay, release: ReleaseContent) -> tuple[Any, ...]:
    """Return all that an event of a stay tells, to see whether it has changed."""
    document = release.visit.days[stay.day]
    way, place = stay.calls[0]
    call = way.itinerary.calls[place]
    stop = document.stops[call.stop]
    legs = [one.itinerary.legs[at] for one, at in stay.calls if at < len(one.itinerary.legs)]
    site = release.sites.get(stop.place.site) if stop.place and stop.place.site else None
    starts = _place(release, document.start.place) if place == 0 else None
    return (
        release.visit.title,
        (minute_until(call.start), minute_until(call.leave), call.stop, call.toilet_m, call.water_m),
        (stop.kind, stop.note, stop.tickets_got, _place(release, stop.place), starts),
        (site.summary, site.description, site.step_free, site.outdoor, *_comforts(site)) if site else None,
        [(leg.mode, leg.depart, leg.arrive, leg.distance_m, leg.assumed, leg.warnings) for leg in legs],
        [warning for one, _ in stay.calls for warning in one.itinerary.warnings if warning.stop == call.stop],
    )


def _comforts(site: Site) -> tuple[str, ...]:
    return (site.toilets, site.water, site.seats, site.ticket, site.ticket_price, site.ticket_where)


def _place(release: ReleaseContent, place: PlaceRef | None) -> tuple[Any, ...] | None:
    site = release.sites.get(place.site) if place and place.site else None
    if place is None:
        return None
    return (place.name, place.at, site and (site.name, site.address, site.location))
