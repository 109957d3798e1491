"""Warnings as sentences: short, active, with the number in them.

Begin with tell.py; a file here has the sentences of one family of `planner.domain.warnings`.
"""
