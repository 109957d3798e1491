"""Pages by which an office can be trusted: who did what.

Begin with log.py.
"""
