"""A visit's life: how it begins, its draft and revisions, what is open in it, its releases, all at a glance.

Begin with editing.py, then readiness/find.py and publish.py.
"""
