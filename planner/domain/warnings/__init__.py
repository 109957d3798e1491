"""What is wrong with a plan, as data: one dataclass a code, how serious it is, and how two plans compare.

Begin with codes.py; hours.py, ways.py, rides.py and facts.py have the families.
"""
