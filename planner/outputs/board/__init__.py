"""The parties of a day side by side: a lane for each party, and one for each stop.

Begin with build.py.
"""
