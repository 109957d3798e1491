"""What sheets are put together from: ways, when to leave, what hosts were told, room, letters.

Begin with ways.py.
"""
