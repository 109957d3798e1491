"""Several people on one visit: with whom it is shared, and its plan for those who only read.

Begin with shares.py, then reading.py.
"""
