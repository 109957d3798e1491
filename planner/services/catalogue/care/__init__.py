"""Keeping the catalogue true: what of it is in doubt, and several entries changed at once.

Begin with doubts.py; twins.py finds rows of a file that may be there already, photos.py reads pictures,
fits.py says which sites would receive a group at a time, or lie within a walk.
"""
