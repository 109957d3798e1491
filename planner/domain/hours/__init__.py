"""When a door is open: OSM opening_hours in four states (open, closed, by appointment, unknown).

Begin with spans.py: a rule and a day in, spans of instants out.
"""
