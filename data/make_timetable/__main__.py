"""Make the timetable: `python -m data.make_timetable FACTS_FOLDER OUTPUT_FOLDER`."""

import csv
import json
import sys
from pathlib import Path

from data.make_skawina import bus_table, facts

from . import feed, unknown


def main() -> None:
    """Make the folder named on the command line."""
    folder, output = map(Path, sys.argv[1:3])
    output.mkdir(parents=True, exist_ok=True)
    tables = facts.read(folder)
    for name, rows in feed.tables(bus_table.courses(folder), tables.stops).items():
        write(rows, output / f"{name}.txt")
    text = json.dumps(unknown.services(tables.stations), ensure_ascii=False, indent=1)
    (output / "unknown_services.json").write_text(text + "\n", encoding="utf-8")


def write(rows: list[feed.Row], path: Path) -> None:
    """Write a table; its columns are those of the first row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
