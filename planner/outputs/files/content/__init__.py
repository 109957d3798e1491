"""What every file says of a visit: a release as a participant or a guide may see it.

Begin with plan.py (the plain data) and build.py, the one place where what is private is kept back. stays.py
and history.py tell calendars which event is which.
"""
