"""What all pages behind a secret link have in common: who is let in, what is kept, what phones know us by.

Begin with opened.py, then still.py (pages that are kept as bytes).
"""
