"""The use cases: the only place where domain, streets, buses and store meet.

Begin with planning/plan.py. A room is one thing that an organiser does; services take a Session,
never a Database. Words, outputs, web and commands may import them.
"""
