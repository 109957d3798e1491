"""From an OpenStreetMap file to pieces of ways, background layers and landmarks.

Begin with osm.py: which ways there are and where their nodes lie.
"""
