"""The way on foot between places: metres, seconds, shape, directions, and what is not known.

Begin with find.py; search.py is Dijkstra on the piece of the network that cut.py proves to be enough.
"""
