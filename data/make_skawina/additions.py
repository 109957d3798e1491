"""Reads `additions.toml`: the streets and paths that no table gives, drawn by hand."""

import tomllib
from pathlib import Path

from .facts import parse_line
from .model import Way

ADDITIONS = Path(__file__).with_name("additions.toml")


def read(path: Path = ADDITIONS) -> list[Way]:
    """The hand-drawn ways, each tagged `source=estimate`; `why` becomes its `note`."""
    with path.open("rb") as file:
        entries = tomllib.load(file)["way"]
    return [way(entry) for entry in entries]


def way(entry: dict[str, str]) -> Way:
    """One way from its entry: `line` holds the vertices, `why` and `evidence` the reasons."""
    tags = {key: value for key, value in entry.items() if key not in ("line", "why", "evidence")}
    tags["source"] = "estimate"
    if why := entry.get("why"):
        tags["note"] = why
    return Way(tags, list(parse_line(entry["line"])))
