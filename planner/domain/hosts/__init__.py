"""What is arranged with the hosts of a visit: asked, confirmed, declined, and what they are to be told.

Begin with keys.py (which host is which) and arrangement.py, then messages.py.
"""
