"""Random visits to draw, and what a browser shows of them measured.

Begin with visits.py.
"""
