"""What surrounds a day, in words: what is booked for it, and its weather.

Begin with booked.py.
"""
