"""Who may work here, how they sign in, and for how long.

Begin with users.py.
"""
