"""Orders that are good, for more stops than can be searched through.

Begin with large.py (the phases), then rebuild.py (stops taken out and put back) and line.py (its times).
"""
