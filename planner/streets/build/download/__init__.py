"""A town from the live OpenStreetMap: the place through Nominatim, its data through Overpass.

Begin with town.py; patience.py keeps every request within one time budget.
"""
