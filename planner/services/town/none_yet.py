"""A service that begins without a town: none is built, an administrator gets it in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.streets.files import POINTER

if TYPE_CHECKING:
    from pathlib import Path

MARK = "without-town"


def begin_without(data_dir: Path) -> None:
    """Remember that no town is to be built here, so that the next start builds none either."""
    (data_dir / MARK).touch()


def is_without(data_dir: Path) -> bool:
    """Whether the service was begun without a town and has none yet."""
    return (data_dir / MARK).exists() and has_none(data_dir)


def has_none(data_dir: Path) -> bool:
    """Whether no town was ever in force here; one whose files are gone or broken does not count."""
    return not (data_dir / POINTER).exists()
