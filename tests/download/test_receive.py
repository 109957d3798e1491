"""A file that is received is whole, or is what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from planner.download.receive import agent, whole
from planner.errors import ServiceError, SourceFileError

if TYPE_CHECKING:
    from pathlib import Path


def test_the_new_file_takes_the_old_ones_place_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "feed.zip"
    target.write_text("old", encoding="utf-8")
    with whole(target) as part:
        part.write_text("new", encoding="utf-8")
        assert target.read_text(encoding="utf-8") == "old"
    assert target.read_text(encoding="utf-8") == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["feed.zip"]


@pytest.mark.parametrize("error", [ServiceError("no"), requests.ConnectionError("no"), KeyboardInterrupt()])
def test_after_a_failure_the_old_file_is_whole_and_the_error_as_it_was(
    tmp_path: Path, error: BaseException
) -> None:
    target = tmp_path / "feed.zip"
    target.write_text("old", encoding="utf-8")

    def fail() -> None:
        with whole(target) as part:
            part.write_text("half", encoding="utf-8")
            raise error

    with pytest.raises(type(error)) as caught:
        fail()
    assert caught.value is error
    assert target.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["feed.zip"]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(SourceFileError, match=r"cannot write .*feed\.zip \(No such file or directory\)"),
        whole(tmp_path / "gone" / "feed.zip") as part,
    ):
        part.write_text("new", encoding="utf-8")


def test_who_asks_names_a_contact_or_what_is_asked_for() -> None:
    assert agent("me@town.test", "town").endswith(" (me@town.test)")
    assert agent("", "town").endswith(" (one town, on command)")
