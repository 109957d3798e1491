"""What lets an office be trusted: who did what.

Begin with audit.py.
"""
