"""What is wrong with a plan, as data: how serious it is, and how two plans compare.

Begin with severity.py.
"""
