"""Who may walk where, what walking costs there, and what it is to somebody who cannot climb steps.

Begin with costs.py: the arrays of the two walking profiles, edge by edge.
"""
