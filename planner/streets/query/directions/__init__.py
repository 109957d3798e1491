"""Directions as data: the stretches of a walk or a drive, told in few lines.

Begin with tell.py.
"""
