"""Who may sign in: an administrator at work, an organiser with a password, one whose link waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.record.client import Client
from tests.record.desk import Desk
from tests.record.forms import form_of

if TYPE_CHECKING:
    from tests.record.keeper import Keeper
    from tests.record.service import Service

ANNA, PIOTR, OLENA, EWA = "Anna Nowak", "Piotr Zieliński", "Olena Kowal", "Ewa Wójcik"
PASSWORD = "cztery zielone parasole nad rzeką"  # noqa: S105
OTHER_PASSWORD = "siedem starych rowerów pod mostem"  # noqa: S105


@dataclass(frozen=True)
class Accounts:
    """The desk of the administrator and that of another organiser; a link that waits, one that was used."""

    anna: Desk
    piotr: Desk
    waiting: str
    used: str


def make(service: Service, posts: Keeper) -> Accounts:
    """Add them by commands, and sign in by their links."""
    used = service.sign_in_link("add", ANNA, "--role", "admin")
    anna = _signed_in(Desk(Client(service.port), posts), "anna", used, PASSWORD)
    piotr_link = service.sign_in_link("add", PIOTR)
    piotr = _signed_in(Desk(Client(service.port), posts), "piotr", piotr_link, OTHER_PASSWORD)
    waiting = service.sign_in_link("add", OLENA)
    anna.send("users-add", "/account/users", "/account/users", name=EWA, role="organiser")
    anna.send("users-add-again", "/account/users", "/account/users", name="ewa wójcik")
    page = anna.client.get("/account/users")
    forms = [form for form in page.page.all("form") if form.get("action").endswith("/archive")]
    archive = next(form for form in forms if EWA in form.text)
    anna.posts.keep("users-archive", anna.client.submit(page, archive))
    return Accounts(anna, piotr, waiting, used)


def _signed_in(desk: Desk, name: str, link: str, password: str) -> Desk:
    here = desk.client.get(link)
    form = here.page.all("form")[-1]
    desk.posts.keep(f"{name}-link", desk.client.submit(here, form))
    typed = {"new_password": "za krótkie", "same_password": "za krótkie"}
    desk.send(f"{name}-password-short", "/account/password", "/account/password", **typed)
    typed = {"new_password": password, "same_password": password}
    desk.send(f"{name}-password", "/account/password", "/account/password", **typed)
    return desk


def sign_in_again(service: Service, posts: Keeper, name: str, password: str) -> Desk:
    """Another browser, signed in by name and password."""
    desk = Desk(Client(service.port), posts)
    here = desk.client.get("/sign-in?next=/sites")
    form = form_of(here.page, "/sign-in")
    posts.keep("sign-in-wrong", desk.client.submit(here, form, typed={"name": name, "password": "nie to"}))
    posts.keep("sign-in", desk.client.submit(here, form, typed={"name": name, "password": password}))
    return desk
