"""What would cure a warning: each remedy is planned before it is offered.

Begin with offers.py; answer.py has all that is answered about one day.
"""
