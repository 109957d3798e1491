"""The hosts of a visit: what is arranged with them, what they are to be told, which times are kept.

Begin with arranging.py, then pending.py.
"""
