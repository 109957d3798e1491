"""What the weather leaves open in a draft: rain_points.py says what is open in its rain version alone."""
