"""Several people on one visit: who may do what with it, to whom it is shown.

Begin with access.py.
"""
