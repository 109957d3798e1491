"""The catalogue of sites: found, changed entry by entry, brought in and given out as files.

Begin with rules.py: what an entry must be, whether it comes from the form or from a file.
"""
