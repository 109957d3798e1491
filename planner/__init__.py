"""Study-visit route planner: sites, streets, buses and timed itineraries of one town."""

__version__ = "0.1.0"
