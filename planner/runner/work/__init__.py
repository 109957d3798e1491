"""What the kinds of jobs do: called in a process of its own with (services, arguments, work)."""
