"""What weather and daylight make of a day in rows: the rain version (rain.py), ways in the dark (dark.py)."""
