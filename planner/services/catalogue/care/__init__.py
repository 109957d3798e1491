"""Keeping the catalogue true: what of it is in doubt, and several entries changed at once.

Begin with doubts.py; fits.py says which sites would receive a group at a time, or lie within a walk.
"""
