"""What sessions for reading keep of rows that never change, shared by all of them."""

READ = "planner_read"
"""The name of that memory in the `info` of a session."""
