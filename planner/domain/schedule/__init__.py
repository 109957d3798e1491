"""A day whose order is given, put on the clock: gather, move, wait, stay, go on.

Begin with schedule.py; timed.py is what it is given, backward.py its mirror for days that must end by a time.
"""
