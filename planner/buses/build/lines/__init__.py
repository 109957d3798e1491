"""The lines on the map: OSM route relations with their stops, and an estimated service for them.

Begin with write.py, then lines.py: from a relation to the ways a line runs.
"""
