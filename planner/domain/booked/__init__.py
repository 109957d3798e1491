"""What is booked around a day: the train or flight that a group comes by, its coach, its meals, its tickets.

Begin with things.py; gaps.py says what is missing of them, tickets.py which tickets are to be bought,
readers.py who reads what.
"""
