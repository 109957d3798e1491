"""Where a stop would fit into a day: the places in its order, and what each costs.

Begin with find.py; beside.py is about the best order of all stops with it.
"""
