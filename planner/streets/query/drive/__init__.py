"""A leg by coach: a walk to the kerb, the drive, a walk from the kerb.

Begin with find.py; states.py is the edge-based graph that obeys turn restrictions.
"""
