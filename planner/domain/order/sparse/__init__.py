"""Large days: a forward search that keeps only the states that some order reaches in time.

Begin with arrays.py (the day as arrays), then forward.py.
"""
