"""The paper of a visit: which sheets belong to it, who is on its list, and the files that were made.

Begin with choosing.py, then keeping.py (files), people.py (names, and when they are forgotten)
and telling.py (what hosts were told).
"""
