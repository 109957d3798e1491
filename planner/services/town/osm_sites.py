"""Sites made of what OpenStreetMap knows: none comes twice, and none over what a person edited.

Of each site that came so its record is kept as it came last. What differs from that in the catalogue was
edited by somebody and stays; what does not is brought up to date. An entry that somebody confirmed stays as
it is, one that was put away stays away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from babel.languages import get_official_languages

from planner.domain.geo import distance_m
from planner.domain.sites import HoursStatus, Known, Location, Quality, Site, StepFree, Ticket
from planner.services.catalogue.editing import WHOLES, create_site
from planner.services.catalogue.record import read_record, to_record
from planner.services.catalogue.rules import problems_of, tidy
from planner.services.catalogue.text import fold
from planner.store.catalogue import replace_site, stored_sites
from planner.store.town import imported_sites, keep_imported
from planner.streets.things import OUTDOOR, Thing

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.services.catalogue.record import Record
    from planner.services.catalogue.rules import RuleContext
    from planner.store.catalogue import StoredSite

SOURCE = "OpenStreetMap, unconfirmed"
LICENCE = "OpenStreetMap contributors, ODbL 1.0 https://opendatacommons.org/licenses/odbl/1-0/"
LANGUAGE_LENGTH = 2

SAME_M = 100.0
"""Two of one name nearer than this are one thing, drawn as an outline and as a point."""

MAYBE_SAME_M = 500.0
DOOR_M, MIDDLE_M = 10.0, 60.0
_STATED = (("opening_hours", "hours_status"), ("step_free", "step_free_status"))
"""What is known, and how well: half of mine and half of the map's would say what nobody has said."""

_KNOWN = {"yes": Known.YES, "no": Known.NO}


@dataclass(frozen=True)
class Offer:
    """A thing that may become a site.

    `present` is the id of the site that it is already; `maybe` that of one of its name in the neighbourhood.
    """

    thing: Thing
    site: Site
    present: str = ""
    maybe: str = ""


@dataclass(frozen=True)
class Brought:
    """What an import did: ids of new sites, of those brought up to date, and how many stay as they are."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0


def offers(session: Session, things: Iterable[Thing], context: RuleContext) -> list[Offer]:
    """Return what may be imported, in the order of the names; what no entry could hold is left out."""
    known, stored = imported_sites(session), stored_sites(session)
    found = []
    for thing in _once(things, known):
        site = site_of(thing, context)
        if problems_of(replace(site, id="x"), context):
            continue
        came = known.get(thing.osm_id)
        if came is not None and stored[came[0]].archived:
            continue
        present = came[0] if came else ""
        found.append(Offer(thing, site, present, "" if present else _maybe(site, stored.values())))
    return sorted(found, key=lambda offer: (fold(offer.thing.tags["name"]), offer.thing.osm_id))


def bring(
    session: Session, things: Iterable[Thing], chosen: Iterable[str], context: RuleContext, now: Instant
) -> Brought:
    """Import the chosen things, by their ids of OpenStreetMap, and bring what came earlier up to date."""
    wanted, known, stored = set(chosen), imported_sites(session), stored_sites(session)
    new, changed, unchanged = [], [], 0
    for offer in offers(session, things, context):
        thing = offer.thing
        if thing.osm_id not in wanted and not offer.present:
            continue
        if not offer.present:
            site_id = create_site(session, offer.site, now)
            keep_imported(session, thing.osm_id, site_id, to_record(replace(offer.site, id=site_id)))
            new.append(site_id)
        elif _updated(session, offer, stored[offer.present], known[thing.osm_id][1], context, now):
            changed.append(offer.present)
        else:
            unchanged += 1
    return Brought(tuple(new), tuple(changed), unchanged)


def site_of(thing: Thing, context: RuleContext) -> Site:
    """Return what a catalogue can say of a thing: nothing of it is confirmed."""
    tags, value = thing.tags, thing.kind.partition("=")[2]
    hours = tags.get("opening_hours", "").strip()
    step_free = {"yes": StepFree.YES, "designated": StepFree.YES, "no": StepFree.NO}.get(
        tags.get("wheelchair", ""), StepFree.UNKNOWN
    )
    site = Site(
        id="",
        name=_names(tags, context.country),
        location=Location(thing.at, *_exactness(thing)),
        address=_address(tags),
        opening_hours=hours,
        hours_status=HoursStatus.UNCONFIRMED if hours else HoursStatus.UNKNOWN,
        step_free=step_free,
        step_free_status="unknown" if step_free is StepFree.UNKNOWN else "unconfirmed",
        outdoor=value in OUTDOOR,
        sources=(f"{SOURCE} {thing.address}", *_website(tags)),
        licence=LICENCE,
        toilets=_KNOWN.get(tags.get("toilets", ""), Known.UNKNOWN),
        ticket={"yes": Ticket.NEEDED, "no": Ticket.FREE}.get(tags.get("fee", ""), Ticket.UNKNOWN),
    )
    if any(problem.column == "opening_hours" for problem in problems_of(replace(site, id="x"), context)):
        site = replace(site, opening_hours="", hours_status=HoursStatus.UNKNOWN)
    return tidy(site)


def _names(tags: Mapping[str, str], country: str) -> dict[str, str]:
    """Its name in the country's language, and in all others of two letters that it is tagged in."""
    official = get_official_languages(country, de_facto=True)
    names = {official[0].partition("_")[0] if official else "en": tags["name"]}
    for key, text in tags.items():
        code = key.removeprefix("name:")
        if code != key and len(code) == LANGUAGE_LENGTH and code.isascii() and code.isalpha():
            names[code.lower()] = text
    return names


def _exactness(thing: Thing) -> tuple[Quality, float]:
    """A point is where the door is or near it; the middle of an outline may be some way from it."""
    if thing.has_entrance or thing.osm_id[0] == "n":
        return Quality.EXACT, DOOR_M
    return Quality.NEAR, MIDDLE_M


def _address(tags: Mapping[str, str]) -> str:
    street = tags.get("addr:street") or tags.get("addr:place", "")
    first = " ".join(part for part in (street, tags.get("addr:housenumber", "")) if part)
    second = " ".join(part for part in (tags.get("addr:postcode", ""), tags.get("addr:city", "")) if part)
    return ", ".join(part for part in (first, second) if part)


def _website(tags: Mapping[str, str]) -> tuple[str, ...]:
    address = (tags.get("website") or tags.get("contact:website", "")).strip()
    is_web = address.startswith(("https://", "http://")) and " " not in address
    return (f"Website {address}",) if is_web else ()


def _once(things: Iterable[Thing], known: Container[str]) -> list[Thing]:
    """Leave out what is there twice, as outline and as point: what came before stays, or has more tags."""
    kept: dict[str, list[Thing]] = {}
    for thing in sorted(things, key=lambda one: (one.osm_id not in known, -len(one.tags), one.osm_id)):
        same = kept.setdefault(fold(thing.tags["name"]), [])
        if all(distance_m(thing.at, other.at) > SAME_M for other in same):
            same.append(thing)
    return [thing for same in kept.values() for thing in same]


def _maybe(site: Site, stored: Iterable[StoredSite]) -> str:
    """The id of an entry of the same name in the neighbourhood, or of unknown place."""
    names = _folded(site)
    for entry in stored:
        at = entry.site.location.at
        is_near = at is None or (
            site.location.at is not None and distance_m(at, site.location.at) <= MAYBE_SAME_M
        )
        if not entry.archived and is_near and names & _folded(entry.site):
            return entry.site.id
    return ""


def _folded(site: Site) -> set[str]:
    return {fold(name) for name in site.name.values() if name}


def _updated(
    session: Session, offer: Offer, stored: StoredSite, came: Record, context: RuleContext, now: Instant
) -> bool:
    """Bring an entry up to date where nobody edited it, and tell whether that changed anything."""
    comes = to_record(replace(offer.site, id=offer.present))
    mine = to_record(stored.site)
    merged = {**mine, **_taken(came, mine, comes)}
    keep_imported(session, offer.thing.osm_id, offer.present, comes)
    if merged == mine or stored.site.is_confirmed:
        return False
    site, problems = read_record(merged, stored.site)
    if problems or problems_of(site, context):
        return False
    return replace_site(session, site, stored.version, now)


def _taken(came: Record, mine: Record, comes: Record) -> Record:
    """The columns that the map has changed since and nobody here has; a position is one thing, and so on."""
    wholes = {column: columns for columns in (*WHOLES.values(), *_STATED) for column in columns}
    taken = {}
    for column, text in comes.items():
        columns = wholes.get(column, (column,))
        is_edited = any(mine.get(one, "") != came.get(one, "") for one in columns)
        if not is_edited and text != came.get(column, ""):
            taken[column] = text
    return taken
