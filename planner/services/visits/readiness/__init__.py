"""What is still open in a visit's draft, those points of its rain version too.

Begin with find.py.
"""
