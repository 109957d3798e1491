"""Splitting a delegation: orders for its parties so that no site holds too many, and their itineraries.

Begin with plan.py; solver.py has the quick search and CP-SAT behind it.
"""
