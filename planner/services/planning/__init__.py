"""Planning a day: places, hours and ways brought together into an itinerary.

Begin with case.py, the day that is asked about, and plan.py; remembered.py plans nothing twice.
"""
