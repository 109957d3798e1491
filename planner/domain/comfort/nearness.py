"""How far a toilet or water may be to be near a stop."""

NEAR_M = 500.0
"""On foot: our choice, seven minutes."""
