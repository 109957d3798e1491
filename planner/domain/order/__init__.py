"""The order of a day: the best one, and why there is none.

Begin with problem.py (the question), then search.py: exact/ where it can be proved, else good/.
"""
