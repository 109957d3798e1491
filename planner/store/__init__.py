"""What is kept: the catalogue, visits with their revisions, releases and links.

Begin with models.py (the tables), then visits.py. Only services import from here.
"""
