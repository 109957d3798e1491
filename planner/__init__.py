"""Study-visit route planner: sites, streets, buses and timed itineraries of one town.

Begin with docs/architecture.md, then the room that asks your question.
"""

__version__ = "0.13.0"
"""The one place where the version stands; CHANGELOG.md tells what is in it."""
