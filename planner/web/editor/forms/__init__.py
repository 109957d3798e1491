"""One form for each edit of a visit: what was sent, and the edit that it stands for.

Begin with read.py, which knows every form by the name of its action.
"""
