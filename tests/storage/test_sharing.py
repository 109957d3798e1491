"""What is built is the same on all machines, whole or not at all: a directory and S3."""

from __future__ import annotations

import io
import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from planner.built import current, locked, put_in_force, version_here
from planner.errors import NotThereError, ServiceError
from planner.services.catalogue.care.photos import PhotoFiles, cleaned
from planner.services.catalogue.staging import KEPT_S, Staging, Upload
from planner.services.upkeep.restoring import put_files
from planner.services.upkeep.sharing import (
    FORMATS,
    begin_sharing,
    drop_photos,
    fetch_photos,
    follow,
)
from planner.storage.in_force import share, shared
from planner.storage.packed import pack
from planner.storage.place import Storage
from planner.streets.query.network import load_network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AWAY = Storage("s3://planner-away/x", tries=0)


@pytest.fixture
def machine(tmp_path: Path) -> Callable[[str], Path]:
    def made(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return folder

    return made


def build(text: str, number: int = FORMATS["network"]) -> Callable[[Path], None]:
    """What writes a network that says something."""

    def write(folder: Path) -> None:
        (folder / "meta.json").write_text(json.dumps({"format": number}), encoding="utf-8")
        (folder / "parts").mkdir()
        (folder / "parts" / "text").write_text(text, encoding="utf-8")

    return write


def said(data_dir: Path) -> str:
    folder = current(data_dir, "network")
    return (folder / "parts" / "text").read_text(encoding="utf-8") if folder else ""


def photo(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 80), colour).save(out, "PNG")
    return cleaned(out.getvalue())


def test_what_one_machine_builds_the_others_have(storage: Storage, machine: Callable[[str], Path]) -> None:
    one, two = machine("one"), machine("two")
    assert follow(storage, two) == []
    for text in ("first", "second", "third"):
        put_in_force(one, "network", build(text))
        assert said(one) == text
        assert follow(storage, two) == ["network"]
        assert said(two) == text
        assert follow(storage, two) == follow(storage, one) == []
    assert version_here(one, "network") == version_here(two, "network")
    assert len(storage.found("network")) == 2, "the one before stays for who is fetching it"
    assert not list(two.glob("share-*"))


def test_the_same_is_the_same_version(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    build("same")(folder)
    version = pack(folder, tmp_path / "a")
    os.utime(folder / "meta.json", (1, 1))
    assert pack(folder, tmp_path / "b") == version
    (folder / "parts" / "text").write_text("other", encoding="utf-8")
    assert pack(folder, tmp_path / "c") != version


def test_a_build_that_cannot_be_shared_is_not_in_force(
    machine: Callable[[str], Path], storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = machine("one")
    put_in_force(one, "network", build("first"))
    put = Storage.put

    def refuse_pointer(self: Storage, key: str, content: bytes | Path) -> None:
        if key == "network.json":
            raise ServiceError("it has ended here")
        put(self, key, content)

    monkeypatch.setattr(Storage, "put", refuse_pointer)
    with pytest.raises(ServiceError):
        put_in_force(one, "network", build("second"))
    assert said(one) == "first"
    assert len(list(one.glob("network-*"))) == 1
    monkeypatch.setattr(Storage, "put", put)
    assert follow(storage, one) == []
    two = machine("two")
    follow(storage, two)
    assert said(two) == "first"


def test_a_damaged_object_is_not_put_in_force(storage: Storage, machine: Callable[[str], Path]) -> None:
    one, two = machine("one"), machine("two")
    put_in_force(one, "network", build("first"))
    follow(storage, two)
    put_in_force(one, "network", build("second"))
    storage.put(f"network/{version_here(one, 'network')}.tar.gz", b"half of it")
    with pytest.raises(ServiceError, match="not as it should be"):
        follow(storage, two)
    assert said(two) == "first"


def test_what_a_newer_program_built_waits_and_a_build_under_way_is_not_disturbed(
    storage: Storage, machine: Callable[[str], Path]
) -> None:
    one, two = machine("one"), machine("two")
    put_in_force(one, "network", build("new", FORMATS["network"] + 1))
    assert follow(storage, two) == []
    put_in_force(one, "network", build("known"))
    with locked(two / "network.lock", waits=False):
        assert follow(storage, two) == []
    assert follow(storage, two) == ["network"]


def test_at_a_start_a_machine_fetches_or_shares_what_is_there(
    storage: Storage, machine: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machine("one"), machine("two")
    with monkeypatch.context() as before:
        before.delenv("STORAGE_URL")
        put_in_force(one, "network", build("before there was a storage"))
        name = PhotoFiles(one).keep(photo())
    assert version_here(one, "network") == ""
    assert begin_sharing(storage, one) == []
    assert begin_sharing(storage, two) == ["network"]
    assert said(two) == said(one)
    assert PhotoFiles(two, storage).find(name) == photo()


def test_a_storage_that_is_away_is_told_and_what_is_there_goes_on(
    machine: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
    one = machine("one")
    with pytest.raises(ServiceError, match="s3://planner-away/x"):
        begin_sharing(AWAY, one)
    put_in_force(one, "network", build("here"))
    assert begin_sharing(AWAY, one) == []
    assert said(one) == "here"


def test_photos_are_shared_fetched_when_asked_for_and_removed_everywhere(
    storage: Storage, machine: Callable[[str], Path]
) -> None:
    one, two = machine("one"), machine("two")
    name, other = (PhotoFiles(one, storage).keep(photo(colour)) for colour in ("red", "blue"))
    assert PhotoFiles(two, storage).find_small(name)
    assert PhotoFiles(two).find(name) == photo()
    assert PhotoFiles(two).find(other) is None
    fetch_photos(storage, two)
    assert PhotoFiles(two).find(other) == photo("blue")
    PhotoFiles(one, storage).remove(name)
    for folder in (one, two):
        assert PhotoFiles(folder, storage).find(other) is not None
    for file in (two / "photos").glob("*.jpg"):
        os.utime(file, (1, 1))
    drop_photos(storage, two)
    assert PhotoFiles(two, storage).find(name) is None
    assert PhotoFiles(two, storage).find(other) is not None


def test_an_upload_is_confirmed_on_another_machine(
    storage: Storage, machine: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = Staging(machine("one"), storage), Staging(machine("two"), storage)
    token = one.keep(Upload("sites.csv", "m1", b"name\n"))
    assert two.find(token) == Upload("sites.csv", "m1", b"name\n")
    two.remark(token, Upload("sites.csv", "m2", b"name\n", ("name",)))
    assert one.find(token).columns == ("name",)
    with two.claimed(token) as upload:
        assert upload.mark == "m2"
    two.remove(token)
    with pytest.raises(NotThereError):
        one.find(token)
    old = one.keep(Upload("old.csv", "m1", b"name\n"))
    monkeypatch.setattr("planner.services.catalogue.staging.KEPT_S", -60)
    two.sweep()
    assert KEPT_S > 0
    assert not any(name.startswith(old) for name in storage.found("uploads"))


def test_a_restored_backup_is_in_force_on_all(storage: Storage, machine: Callable[[str], Path]) -> None:
    one, two, unpacked = machine("one"), machine("two"), machine("unpacked")
    put_in_force(one, "network", build("first"))
    put_in_force(one, "timetable", build("times", FORMATS["timetable"]))
    PhotoFiles(one, storage).keep(photo())
    follow(storage, two)
    (unpacked / "network").mkdir()
    build("of the backup")(unpacked / "network")
    (unpacked / "secret_key").write_text("k" * 48, encoding="utf-8")
    kept = PhotoFiles(unpacked).keep(photo("blue"))
    put_files(unpacked, one, storage)
    assert follow(storage, two) == ["network", "timetable"]
    assert (said(two), current(two, "timetable")) == ("of the backup", None)
    assert shared(storage, "timetable") is None
    assert list(storage.found("photos")) == [f"{kept}.jpg"]


@pytest.mark.dear
def test_a_real_network_comes_over_whole(
    storage: Storage, machine: Callable[[str], Path], skawina_dir: Path
) -> None:
    one, two = machine("one"), machine("two")
    folder = current(skawina_dir, "network")
    assert folder is not None
    shutil.copytree(folder, one / "built")
    share(storage, "network", one / "built")
    assert follow(storage, two) == ["network"]
    here = current(two, "network")
    assert here is not None
    assert load_network(here).meta == load_network(folder).meta
