"""How requests come in, before any page sees them: whole, or not at all.

Begin with worker.py.
"""
