"""Deleting a visit: by who owns it, when they are sure, and nothing of it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from planner.services.paper.keeping import FOLDER
from planner.services.upkeep.daily import tidy
from planner.store.models import Base
from tests.kit.web.desk import add, open_desk, published
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import csrf_of, services_of, sign_in

if TYPE_CHECKING:
    import datetime as dt

    from flask import Flask


def rows_of(app: Flask, visit_id: int) -> dict[str, int]:
    """How many rows of each table are a visit's."""
    tables = [table.name for table in Base.metadata.sorted_tables if "visit_id" in table.c]
    with services_of(app).database.session() as session:
        count = "select count(*) from {} where visit_id = :id"
        found = {name: session.scalar(text(count.format(name)), {"id": visit_id}) for name in tables}
    return {name: count for name, count in found.items() if count}


def test_nothing_is_left_of_a_deleted_visit(app: Flask) -> None:
    desk = open_desk(app, "ewa", title="Do usunięcia")
    add(desk, "ratusz")
    links = published(desk)
    desk.post("paper/choose", kind=["lined", "host"], language=["pl"])
    desk.post("paper/names", names="Jan Kot")
    desk.post("paper/card", head="Ewa Lis")
    desk.post("paper/hosts/tell", how="call", site="ratusz", day="1")
    anyone = app.test_client()
    assert anyone.get(f"{links[0]}/paper/lined.pdf").status_code == 200
    assert len(rows_of(app, desk.visit_id)) >= 7
    folder = services_of(app).settings.data_dir / FOLDER / str(desk.visit_id)
    assert folder.is_dir()
    pages = PageClient(app)
    pages.client = desk.client
    desk.post("archive")
    away = pages.get("/visits/away", "pl")
    path = f"/visits/{desk.visit_id}/delete"
    assert path in [node.attributes["href"] for node in away.all("a")]
    assert "Do usunięcia" in pages.get(path, "pl").text
    assert desk.post("delete").status_code == 422
    assert rows_of(app, desk.visit_id)
    assert desk.post("delete", is_sure="1").status_code == 303
    assert rows_of(app, desk.visit_id) == {}
    assert not folder.exists()
    for link in links:
        for tail in ("", "/print", "/plan.ics", "/paper/all.pdf"):
            assert anyone.get(link + tail).status_code == 410
    for tail in ("", "/share", "/paper", "/delete"):
        assert desk.client.get(f"/visits/{desk.visit_id}{tail}").status_code == 404
    sign_in(app, anyone, "root", "admin")
    for page in ("/", "/visits/away"):
        assert "Do usunięcia" not in anyone.get(page).text
    with services_of(app).database.writing() as session:
        tidy(session, services_of(app).settings.data_dir, services_of(app).now(), desk_date(app))
    assert open_desk(app, "ewa").visit_id > desk.visit_id  # no number is given out twice


def test_others_delete_nothing_and_administrators_may(app: Flask) -> None:
    desk = open_desk(app, "ola")
    client = app.test_client()
    fields = {"is_sure": "1", "csrf_token": ""}
    for name, role, status in (("obcy", "organiser", 404), ("root", "admin", 303)):
        sign_in(app, client, name, role)
        fields["csrf_token"] = csrf_of(client)
        assert client.post(f"/visits/{desk.visit_id}/delete", data=fields).status_code == status


def desk_date(app: Flask) -> dt.date:
    context = services_of(app)
    return context.town.clock.local(context.now()).date()
