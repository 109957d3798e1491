"""Plans side by side: a proposal beside the day as it is, and variants of a day.

Begin with proposal.py.
"""
