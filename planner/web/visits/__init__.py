"""The list of visits, how one begins, and the pages of one beside its plan: hosts, ready, share, history.

Begin with page.py, then opened.py (a visit as its pages open it).
"""
