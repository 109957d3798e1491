"""What fits into a day and how sure it is, in words.

Begin with slots.py; robust.py tells what a chance rests on.
"""
