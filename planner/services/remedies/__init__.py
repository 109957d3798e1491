"""What would cure a warning: each remedy is planned before it is offered.

Begin with offers.py; kinds.py tells where each kind is looked for, pairs.py makes two of them.
answer.py has all that is answered about one day.
"""
