"""The order of a day: exact search for the best one, and why there is none.

Begin with problem.py (the question), then search.py (the answer).
"""
