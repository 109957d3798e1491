"""Edits of a visit: each takes a document and gives the next one; nothing is changed in place.

Begin with stops.py; remedies.py and variations.py are edits that are tried before they are made.
"""
