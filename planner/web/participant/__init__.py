"""What a secret link shows: the phone page and the printed sheets.

Begin with page.py.
"""
