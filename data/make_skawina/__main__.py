"""Make the network: `python -m data.make_skawina FACTS_FOLDER OUTPUT.osm`."""

import sys
from pathlib import Path

from . import additions, bus_relations, bus_table, facts, layers, streets
from .join import add_estimate, join_touching
from .model import Map
from .osm_xml import write


def make(folder: Path) -> Map:
    """The whole map: facts first, then the additions joined to them, then points and areas."""
    tables = facts.read(folder)
    result = Map()
    result.ways += streets.ways(tables.streets) + layers.paths(tables.green)
    join_touching(result.ways)
    rails = layers.rails(tables.railways)
    streets.note_rail_crossings(result.ways, rails)
    for way in additions.read():
        add_estimate(way, result.ways, rails)
    bus_relations.add(bus_table.courses(folder), layers.bus_stops(tables.stops), result)
    result.ways += rails + layers.areas(tables.green)
    result.dots += layers.stations(tables.stations) + layers.food(tables.food)
    return result


def main() -> None:
    """Make the file named on the command line."""
    folder, output = map(Path, sys.argv[1:3])
    write(make(folder), output)


if __name__ == "__main__":
    main()
