"""Questions to a built timetable. Needs numpy and the streets' questions only.

Begin with timetable/timetable.py, then journeys/find.py.
"""
