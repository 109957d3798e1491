"""How passwords are hashed in service, whatever tests put in its place to be quick."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.security import check_password_hash

from planner.services.accounts import credentials
from planner.services.accounts.users import Role, User

if TYPE_CHECKING:
    from types import ModuleType

REAL = "scrypt:32768:8:1"
PASSWORD = "cztery zielone parasole nad rzeką"  # noqa: S105


@pytest.fixture
def fresh() -> ModuleType:
    """The module as a service imports it, apart from the one that tests may have changed."""
    spec = importlib.util.find_spec(credentials.__name__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.dear
def test_a_service_hashes_dearly(fresh: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHING", "scrypt:128:8:1")
    user = User(1, "anna", Role.ORGANISER)
    kept = fresh.hashed_password(user, PASSWORD)
    assert kept.startswith(f"{REAL}$")
    assert check_password_hash(kept, PASSWORD)
    assert not check_password_hash(kept, f"{PASSWORD}.")


def test_an_unknown_name_takes_as_long(fresh: ModuleType) -> None:
    assert fresh._nobodys_hash().startswith(f"{REAL}$")


def test_no_module_of_the_service_changes_it() -> None:
    """Only where it stands is it given a value."""
    root = importlib.util.find_spec("planner")
    assert root is not None
    assert root.submodule_search_locations is not None
    (folder,) = map(Path, root.submodule_search_locations)
    written = [file for file in folder.rglob("*.py") if "HASHING =" in file.read_text(encoding="utf-8")]
    assert [file.name for file in written] == ["credentials.py"]
