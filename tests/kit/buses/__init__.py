"""Small timetables, and brute force to hold journeys against."""
