"""What is kept of several people on one visit: with whom it is shared, what they say, whom they show it.

Begin with shares.py.
"""
