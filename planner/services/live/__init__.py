"""The day itself: saying what happens, and what is true after it.

Begin with acting.py (what a guide or the desk says), then state.py (where all parties are).
"""
