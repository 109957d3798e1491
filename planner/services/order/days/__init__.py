"""The stops of a visit shared among its days, as a proposal.

Begin with share.py.
"""
