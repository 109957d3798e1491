"""Making a timetable, from feeds or from the lines on the map. Slow and rare: never imported by a web worker.

Begin with build.py.
"""
