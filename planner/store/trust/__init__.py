"""What is kept so that an office can be trusted: who did what.

Begin with tables.py.
"""
