"""What eases a day on foot: how far it is to a toilet and to water, how long a way is without a seat.

Begin with seats.py.
"""
