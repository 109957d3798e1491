"""The page on which a delegation is split.

Begin with page.py.
"""
