"""What the weather makes of a day in rows: the rain version beside the day as it is.

Begin with rain.py.
"""
