"""One day as rows of a page: start, legs, stops and end in the order they happen, ready written.

Begin with build.py (from an itinerary) and rows.py (what a page gets).
"""
