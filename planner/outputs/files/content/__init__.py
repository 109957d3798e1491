"""What every file says of a visit: a release as a participant or a guide may see it.

Begin with plan.py (the plain data) and build.py; who may see what is said in
planner.domain.warnings.audience. stays.py and history.py tell calendars which event is which.
"""
