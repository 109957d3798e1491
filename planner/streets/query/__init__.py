"""Questions to a built network: snap, distances, path, directions. Needs numpy, scipy and shapely only.

Begin with network.py (a network, opened) and snap.py; walk/ and drive/ find ways, directions/ tells them.
"""
