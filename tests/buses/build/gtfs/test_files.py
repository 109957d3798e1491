"""Feeds as zips and folders: where the tables lie in them, and what is refused before it is read."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from planner.buses.build.gtfs import files as gtfs_files
from planner.buses.build.gtfs.files import open_feed
from planner.errors import SourceFileError
from tests.kit.buses.feeds import folder, packed, read, runs, text, tiny

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("inside", ["", "gtfs/", "a/b/gtfs/", "gtfs\\"])
def test_the_tables_may_lie_in_a_folder_of_the_zip(tmp_path: Path, inside: str) -> None:
    file = tmp_path / "feed.zip"
    file.write_bytes(packed(tiny(), inside))
    assert list(runs(read(file))) == ["t1"]


def test_the_outermost_feed_of_a_zip_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "feed.zip"
    out = io.BytesIO(packed(tiny(), "new/"))
    with zipfile.ZipFile(out, "a") as archive:
        for name in ("__MACOSX/stops.txt", "new/old/stops.txt", "readme.md"):
            archive.writestr(name, "nothing")
    file.write_bytes(out.getvalue())
    assert list(runs(read(file))) == ["t1"]


def test_capital_letters_in_file_names_do_not_matter(tmp_path: Path) -> None:
    folder(tmp_path, tiny())
    (tmp_path / "stops.txt").rename(tmp_path / "Stops.TXT")
    assert list(runs(read(tmp_path))) == ["t1"]


def test_a_zip_and_a_folder_with_the_same_tables_are_the_same_feed(tmp_path: Path) -> None:
    (tmp_path / "feed.zip").write_bytes(packed(tiny()))
    one, other = open_feed(tmp_path / "feed.zip"), open_feed(folder(tmp_path / "feed", tiny()))
    assert one.digest() == other.digest()
    (tmp_path / "feed" / "agency.txt").write_text("agency_timezone\n", encoding="utf-8")
    assert one.digest() != other.digest()


@pytest.mark.parametrize("table", ["stops", "routes", "trips", "stop_times"])
def test_a_table_that_every_feed_needs(tmp_path: Path, table: str) -> None:
    with pytest.raises(SourceFileError, match=rf"no {table}\.txt"):
        read(tmp_path, tiny(**{table: None}))


def test_a_feed_without_any_calendar(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match=r"neither calendar\.txt nor calendar_dates\.txt"):
        read(tmp_path, tiny(calendar=None))


def test_what_is_no_feed(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="does not exist: give a GTFS zip"):
        open_feed(tmp_path / "none.zip")
    page = tmp_path / "page.zip"
    page.write_text("<html>Not found</html>", encoding="utf-8")
    with pytest.raises(SourceFileError, match=r"page\.zip cannot be read as a zip"):
        open_feed(page)
    nested = tmp_path / "nested.zip"
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("bus.zip", packed(tiny()))
    with pytest.raises(SourceFileError, match=r"holds no stops\.txt, so it is no GTFS feed: unpack it"):
        open_feed(nested)


def test_text_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    folder(tmp_path, tiny())
    table = text(tiny()["stops"]).replace("Stop B", "Łąka")
    (tmp_path / "stops.txt").write_bytes(table.encode("cp1250"))
    with pytest.raises(SourceFileError, match=r"stops\.txt, line 3 is not in UTF-8: save"):
        read(tmp_path)
    (tmp_path / "stops.txt").write_bytes(table.encode("utf-16"))
    with pytest.raises(SourceFileError, match=r"stops\.txt, line 1 is not in UTF-8"):
        read(tmp_path)


def test_a_zip_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stops.txt", "stop_id\n" + "0" * 2_000_000)
    assert file.stat().st_size < 10_000
    monkeypatch.setattr(gtfs_files, "LARGEST_BYTES", 1_000_000)
    with pytest.raises(SourceFileError, match=r"bomb\.zip: stops\.txt unpacks to more than 1 MB"):
        open_feed(file)
    monkeypatch.setattr(gtfs_files, "LARGEST_BYTES", 10_000_000)
    monkeypatch.setattr(gtfs_files, "LARGEST_FEED_BYTES", 1_000_000)
    with pytest.raises(SourceFileError, match="it unpacks to more than 1 MB"):
        open_feed(file)


def test_a_zip_that_lies_about_its_sizes_is_read_no_farther_than_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "liar.zip"
    file.write_bytes(packed(tiny()))
    files = open_feed(file)
    monkeypatch.setattr(gtfs_files, "LARGEST_BYTES", 20)
    with pytest.raises(SourceFileError, match="unpacks to more than"):
        files.text("stops.txt")


@pytest.mark.parametrize("what", ["encrypted", "damaged", "cut", "strangely packed"])
def test_a_zip_that_cannot_be_unpacked(tmp_path: Path, what: str) -> None:
    file = tmp_path / "feed.zip"
    data = bytearray(packed(tiny()))
    at = data.index(b"stops.txt") - 30
    central = data.index(b"PK\x01\x02")
    entry = data.index(b"stops.txt", central) - 46
    if what == "encrypted":
        data[at + 6] |= 1
        data[entry + 8] |= 1
    elif what == "damaged":
        data[at + 45] ^= 0xFF
    elif what == "strangely packed":
        data[at + 8] = data[entry + 10] = 97
    else:
        del data[len(data) // 2 :]
    file.write_bytes(data)
    with pytest.raises(SourceFileError, match=r"feed\.zip.* cannot be read.*: get the feed again"):
        read(file)
