"""A built timetable: its lines, which trips run on which day, and which of several speaks.

Begin with timetable.py.
"""
