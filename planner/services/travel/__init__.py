"""How a group gets from place to place: the schedule's `Travel`, answered by streets and buses.

Begin with by_mode.py; town.py is the network in force, one file a mode answers for it.
"""
