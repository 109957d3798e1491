"""What is booked around a day: the train or flight that a group comes by, its coach, its meals.

Begin with things.py; gaps.py says what is missing of them, readers.py who reads what.
"""
