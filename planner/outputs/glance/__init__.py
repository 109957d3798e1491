"""The day at a glance: drawn to scale, and told in one sentence.

Begin with strip.py.
"""
