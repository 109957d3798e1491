"""The best order of a day: found, planned, and compared with the day as it is.

Begin with find.py; reasons.py says why there is none.
"""
