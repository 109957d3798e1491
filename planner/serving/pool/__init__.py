"""Costly requests in processes of lower priority, a few for each machine, with fair turns.

Begin with forward.py: a worker sends a whole request over, as soon as its page finds it costly. One process
for each data directory and machine (keeper.py) has them wait in line and hands them to its children.
"""
