"""Orders that are good, for more stops than can be searched through.

Begin with large.py (the phases), then local.py (small changes) and segments.py (how they are timed).
"""
