"""The map being made: ways and points with tags. Points are (lon, lat) in degrees."""

from dataclasses import dataclass, field

from .geometry import Point

Tags = dict[str, str]


@dataclass
class Way:
    """A line with tags; `line` grows when other ways are joined to it.

    `buses` are the lines known to use it.
    """

    tags: Tags
    line: list[Point]
    buses: tuple[str, ...] = ()

    @property
    def estimated(self) -> bool:
        """Whether no table gives this line."""
        return self.tags.get("source") == "estimate"

    @property
    def is_street(self) -> bool:
        """Whether anybody walks or drives on it."""
        return "highway" in self.tags

    @property
    def is_rail(self) -> bool:
        """Whether it is a track."""
        return "railway" in self.tags

    @property
    def is_closed_to_walkers(self) -> bool:
        """Whether it is the bypass or one of its slip roads."""
        return self.tags.get("foot") == "no"

    @property
    def level(self) -> int:
        """The level above (or, negative, below) ground."""
        return int(self.tags.get("layer", "0"))


@dataclass(frozen=True)
class Dot:
    """A point with tags."""

    tags: Tags
    at: Point


@dataclass(frozen=True)
class Relation:
    """Members, each with its role, that belong together."""

    tags: Tags
    members: "tuple[tuple[Way | Dot | Relation, str], ...]"


@dataclass
class Map:
    """Everything that goes into the file."""

    ways: list[Way] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
