"""The order of a day: the best one, and why there is none.

Begin with problem.py (the question), then search.py: exact/ for up to fifteen free stops; for more good/,
which asks sparse/ for first orders and proofs.
"""
