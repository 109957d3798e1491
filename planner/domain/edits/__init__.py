"""Edits of a visit: each takes a document and gives the next one; nothing is changed in place.

Begin with stops.py (edits of stops and days of one visit); remedies.py and variations.py are edits that are tried first.
"""
