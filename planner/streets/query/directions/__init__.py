"""Directions as data: the path of a walk or a drive, told in few lines.

Begin with tell.py.
"""
