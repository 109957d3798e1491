"""Asking a timetable: numpy only."""
