"""The editor's forms about what is booked: the arrival and the coach of a day, a meal.

Begin with of_day.py.
"""
