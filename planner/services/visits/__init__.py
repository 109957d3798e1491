"""A visit's life: its draft and revisions, its releases, and all visits at a glance.

Begin with editing.py, then publish.py.
"""
