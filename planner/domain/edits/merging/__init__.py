"""What putting the work of two together is made of: three states of a value, of an order, of what is new.

Begin with values.py; the merge itself is beside this room.
"""
