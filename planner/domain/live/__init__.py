"""The day itself: what has happened, and what is true of the times from there on.

Begin with events.py (what is said, and in which order it counts), then facts.py and day.py: the release's day
under way. remedies.py offers what helps, heads.py counts people.
"""
