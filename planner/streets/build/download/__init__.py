"""A town from the live OpenStreetMap: the place through Nominatim, its data through Overpass.

Begin with town.py; every request goes through planner/download, within one time budget.
"""
