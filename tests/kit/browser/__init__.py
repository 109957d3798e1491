"""A service in a process of its own, and an organiser who uses it."""
