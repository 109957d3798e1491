"""Every page of the service, by whom it is opened and in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.record.client import Client

if TYPE_CHECKING:
    from tests.record.accounts import Accounts
    from tests.record.keeper import Keeper
    from tests.record.shared import Links
    from tests.record.visits import Visits


@dataclass(frozen=True)
class Open:
    """A page to open: its path, and who opens it."""

    path: str
    who: str = "anna"


def listed(visits: Visits, links: Links, accounts: Accounts, previews: dict[str, str]) -> dict[str, Open]:
    """All pages by name."""
    return {
        **_desk(previews),
        **_editors(visits),
        **_searches(visits),
        **_shown(links),
        **_refused(visits, links, accounts),
    }


def record(accounts: Accounts, keep: Keeper, pages: dict[str, Open]) -> None:
    """Open each in Polish, and in English too; the second browser has not chosen a language."""
    for name, page in pages.items():
        client = _browser(accounts, page.who)
        keep.keep(name, client.get(page.path))
    for name, page in pages.items():
        client = _browser(accounts, page.who)
        client.language = "en"
        keep.keep(f"{name}-en", client.get(page.path))
        client.language = "pl"


def _browser(accounts: Accounts, who: str) -> Client:
    if who == "nobody":
        return Client(accounts.anna.client.port)
    return accounts.anna.client if who == "anna" else accounts.piotr.client


def _desk(previews: dict[str, str]) -> dict[str, Open]:
    return {
        "home": Open("/"),
        "home-piotr": Open("/", "piotr"),
        "visits-new": Open("/visits/new"),
        "visits-away": Open("/visits/away"),
        "sites": Open("/sites"),
        "sites-searched": Open("/sites?q=park"),
        "sites-none": Open("/sites?q=nic+takiego"),
        "sites-unplaced": Open("/sites?state=unplaced"),
        "sites-archived": Open("/sites?state=archived"),
        "sites-theme": Open("/sites?theme=heritage"),
        "site": Open("/sites/muzeum/edit"),
        "site-unplaced": Open("/sites/stadion/edit"),
        "site-archived": Open("/sites/obwodnica/edit"),
        "site-new": Open("/sites/new"),
        "site-hours": Open("/sites/hours?rule=Mo-Fr+08:00-16:00;+SH+off&first=2026-12-21"),
        "site-hours-wrong": Open("/sites/hours?rule=nine+to+five"),
        "site-position": Open("/sites/position?text=49.97548,+19.82609"),
        "site-position-wrong": Open("/sites/position?text=49"),
        "import": Open("/sites/import"),
        "import-preview": Open(previews["changes"]),
        "import-preview-broken": Open(previews["broken"]),
        "export-csv": Open("/sites/export.csv"),
        "export-geojson": Open("/sites/export.geojson"),
        "account": Open("/account"),
        "account-piotr": Open("/account", "piotr"),
        "account-password": Open("/account/password"),
        "users": Open("/account/users"),
    }


def _editors(visits: Visits) -> dict[str, Open]:
    found = {f"editor-{name}": Open(getattr(visits, name).path) for name in visits.__dataclass_fields__}
    three, closed, many = visits.three.path, visits.closed.path, visits.many.path
    return found | {
        "editor-sample": Open("/visits/1"),
        "editor-three-2": Open(f"{three}?day=2"),
        "editor-three-3": Open(f"{three}?day=3"),
        "editor-three-far": Open(f"{three}?day=99"),
        "editor-many-14": Open(f"{many}?day=14"),
        "editor-closed-remedies": Open(f"{closed}?day=1&remedies=1"),
        "editor-three-2-remedies": Open(f"{three}?day=2&remedies=1"),
        "remedies-closed": Open(f"{closed}/remedies?day=1"),
        "remedies-coach": Open(f"{visits.coach.path}/remedies?day=1"),
        "remedies-outdated": Open(f"{visits.outdated.path}/remedies"),
        "editor-search": Open(f"{three}/search?q=par&day=2"),
        "editor-search-none": Open(f"{three}/search?q=zzz"),
        "editor-query": Open(f"{three}?day=1&q=muzeum"),
        **{
            f"share-{name}": Open(f"{getattr(visits, name).path}/share")
            for name in ("one", "three", "closed")
        },
        "share-coach": Open(f"{visits.coach.path}/share"),
        "share-backward": Open(f"{visits.backward.path}/share"),
        "share-many": Open(f"{many}/share"),
        "share-empty": Open(f"{visits.empty.path}/share"),
    }


def _searches(visits: Visits) -> dict[str, Open]:
    one, three, parties = visits.one.path, visits.three.path, visits.parties.path
    return {
        "proposal-ask": Open(f"{one}/proposal?day=1"),
        "proposal-one": Open(f"{one}/proposal?day=1&objective=finish"),
        "proposal-three-walking": Open(f"{three}/proposal?day=1&objective=walking"),
        "proposal-three-bus": Open(f"{three}/proposal?day=2&objective=finish_walking"),
        "proposal-waiting": Open(f"{visits.coach.path}/proposal?day=1&objective=waiting"),
        "proposal-backward": Open(f"{visits.backward.path}/proposal?day=1&objective=finish"),
        "proposal-closed": Open(f"{visits.closed.path}/proposal?day=1&objective=finish"),
        "what-if-ask": Open(f"{one}/what-if?day=1"),
        "what-if-week": Open(f"{three}/what-if?day=2&week=1"),
        "what-if-two": Open(f"{one}/what-if?day=1&v=date+2026-12-21;pace_kmh+3.5"),
        "what-if-mode": Open(f"{visits.backward.path}/what-if?day=1&v=end_arrive+13:00;mode+coach"),
        "what-if-faults": Open(f"{one}/what-if?day=1&v=pace_kmh+99;date+x;start_time+09:00"),
        "what-if-closed": Open(f"{visits.closed.path}/what-if?day=1&date=2026-12-21&start_time=8:30"),
        "parties": Open(f"{parties}/parties"),
        "parties-day-2": Open(f"{parties}/parties?day=2"),
        "parties-proposal": Open(f"{parties}/parties/proposal?day=1"),
        "parties-print": Open(f"{parties}/parties/print?day=1"),
        "parties-none": Open(f"{one}/parties"),
    }


def _shown(links: Links) -> dict[str, Open]:
    found = {f"shown-{name}": Open(path, "nobody") for name, path in links.live.items()}
    pages = {name: path for name, path in links.live.items() if name.endswith("-page")}
    found |= {f"print-{name}": Open(f"{path}/print", "nobody") for name, path in pages.items()}
    parties, three = links.live["parties-page"], links.live["three-page"]
    party = quote("Młodzież")
    return found | {
        "shown-party": Open(f"{parties}?party={party}", "nobody"),
        "shown-party-2": Open(f"{parties}?day=2&party=B", "nobody"),
        "shown-party-none": Open(f"{parties}?party=Z", "nobody"),
        "print-party": Open(f"{parties}/print?party={party}", "nobody"),
        "print-guide": Open(f"{links.live['parties-guide']}/print", "nobody"),
        "shown-three-2": Open(f"{three}?day=2", "nobody"),
        "shown-three-3": Open(f"{three}?day=3", "nobody"),
        "print-three-2": Open(f"{three}/print?day=2", "nobody"),
    }


def _refused(visits: Visits, links: Links, accounts: Accounts) -> dict[str, Open]:
    one = visits.one.path
    found = {f"dead-{name}": Open(path, "nobody") for name, path in links.dead.items()}
    return found | {
        "start-nobody": Open("/", "nobody"),
        "sign-in": Open("/sign-in", "nobody"),
        "sign-in-next": Open("/sign-in?next=/visits/2", "nobody"),
        "sign-in-signed-in": Open("/sign-in?next=/sites"),
        "link-waiting": Open(accounts.waiting, "nobody"),
        "link-used": Open(accounts.used, "nobody"),
        "link-unknown": Open("/sign-in/link/nie-ma-takiego", "nobody"),
        "editor-nobody": Open(one, "nobody"),
        "editor-stranger": Open(one, "piotr"),
        "share-stranger": Open(f"{one}/share", "piotr"),
        "users-stranger": Open("/account/users", "piotr"),
        "editor-missing": Open("/visits/9999"),
        "proposal-no-day": Open(f"{one}/proposal?day=5"),
        "what-if-no-day": Open(f"{one}/what-if?day=0"),
        "site-missing": Open("/sites/nie-ma/edit"),
        "import-gone": Open("/sites/import?file=nie-ma"),
        "no-such-page": Open("/nic", "nobody"),
        "no-such-file": Open("/static/nic.css", "nobody"),
        "wrong-method": Open(f"{one}/edit/visit"),
        "link-mistyped": Open("/v/nie-ma-takiego-linku", "nobody"),
        "guide-by-page": Open(links.live["one-page"].replace("/v/", "/g/"), "nobody"),
    }
