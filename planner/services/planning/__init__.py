"""Planning a day: places, hours and ways brought together into an itinerary.

Begin with plan.py.
"""
