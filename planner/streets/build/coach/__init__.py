"""Where a coach may drive, turn and stop, how fast, and how high and heavy it may be.

Begin with arrays.py: what the network file keeps for a coach.
"""
