"""Proofs: dynamic programming over sets of stops, and labels for what time alone does not decide.

Begin with lattice.py (the sets), then forward.py (the earliest finish) and labels.py (the rest).
"""
