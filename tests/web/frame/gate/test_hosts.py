"""Under which names the service answers, and what links are made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from planner.errors import SettingError
from planner.services.upkeep.settings import Settings, read_settings
from planner.web.frame.gate.hosts import is_ours
from tests.kit.web.desk import Desk, open_desk
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

PUBLIC = "https://visits.example"


@pytest.mark.parametrize(
    ("host", "given", "answered"),
    [
        ("localhost:8000", {}, True),
        ("127.0.0.1", {}, True),
        ("[::1]:8000", {}, True),
        ("192.168.1.5:8000", {}, True),
        ("8.8.8.8", {}, False),
        ("evil.example", {}, False),
        ("", {}, False),
        ("[", {}, False),
        ("visits.example", {"public_url": PUBLIC}, True),
        ("VISITS.example.:443", {"public_url": PUBLIC}, True),
        ("localhost:8000", {"public_url": PUBLIC}, True),
        ("192.168.1.5:8000", {"public_url": PUBLIC}, False),
        ("not-visits.example", {"public_url": PUBLIC}, False),
        ("old.example", {"public_url": PUBLIC, "trusted_hosts": ("old.example",)}, True),
        ("a.old.example", {"trusted_hosts": (".old.example",)}, True),
        ("old.example", {"trusted_hosts": (".old.example",)}, False),
        ("planner.lan", {"host": "planner.lan"}, True),
    ],
)
def test_which_hosts_are_ours(tmp_path: Path, host: str, given: dict[str, Any], answered: bool) -> None:  # noqa: FBT001
    assert is_ours(host, Settings(tmp_path, "", "", **given)) is answered


@pytest.fixture
def public(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    context = services_of(app)
    monkeypatch.setitem(context.__dict__, "settings", replace(context.settings, public_url=PUBLIC))
    return app


@pytest.fixture
def desk(app: Flask) -> Desk:
    return open_desk(app, "hosts")


def test_a_host_that_is_none_of_ours_is_refused_in_words(public: Flask) -> None:
    answer = public.test_client().get(
        "/sign-in", base_url="http://evil.example", headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 400
    assert "Whoever runs it sets PUBLIC_URL" in answer.text
    assert "evil.example" not in answer.text
    told = public.test_client().get("/api/v1/sites", base_url="http://evil.example")
    assert (told.status_code, told.get_json()["error"]["code"]) == (400, "other_host")
    assert public.test_client().get("/healthz", base_url="http://10.0.0.7").status_code == 200


def test_links_begin_with_the_public_address_whoever_asks(public: Flask, desk: Desk) -> None:
    assert desk.post("share/publish", anyway="1").status_code == 303
    page = desk.page("/share")
    assert f'"{PUBLIC}/v/' in page
    assert "localhost" not in page
    form = {"Origin": PUBLIC}
    assert desk.client.post("/sign-out", data={"csrf_token": desk.token}, headers=form).status_code == 303
    assert public.test_client().post("/sign-out", headers={"Origin": "https://x.example"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("PUBLIC_URL", "https://Visits.example/", "https://visits.example"),
        ("PUBLIC_URL", "http://10.1.2.3:8080", "http://10.1.2.3:8080"),
        ("TRUSTED_HOSTS", " a.example, .B.example ,", ("a.example", ".b.example")),
    ],
)
def test_what_is_set(tmp_path: Path, name: str, given: str, taken: object) -> None:
    found = read_settings({"PLANNER_DATA_DIR": str(tmp_path), "SECRET_KEY": "x", name: given})
    assert getattr(found, name.lower()) == taken
    assert found.address == (found.public_url or "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("PUBLIC_URL", "visits.example"),
        ("PUBLIC_URL", "https://visits.example/planner"),
        ("PUBLIC_URL", "ftp://visits.example"),
        ("TRUSTED_HOSTS", "https://a.example"),
        ("TRUSTED_HOSTS", "a.example:80"),
    ],
)
def test_what_cannot_be_set(tmp_path: Path, name: str, given: str) -> None:
    with pytest.raises(SettingError, match=f"^{name}: "):
        read_settings({"PLANNER_DATA_DIR": str(tmp_path), "SECRET_KEY": "x", name: given})
