"""Orders that are good, for more stops than can be searched through.

Begin with local.py.
"""
