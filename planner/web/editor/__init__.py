"""The editor of a visit: one page, what opens beside it, and a form for each edit.

Begin with page.py, then forms/.
"""
