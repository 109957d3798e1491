"""How many small faults the tests catch: faults put into the rooms that reckon, one at a time.

Begin with `__main__.py`. `reach.py` notes which test runs which line, `mutate.py` makes the faults.
"""
