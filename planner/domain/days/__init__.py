"""The stops of a visit shared among its days.

Begin with share.py.
"""
