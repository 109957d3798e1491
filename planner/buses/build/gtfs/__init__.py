"""One GTFS feed, read into the arrays of a timetable, with what was left out and why.

Begin with read.py; a table of the feed is a file here.
"""
