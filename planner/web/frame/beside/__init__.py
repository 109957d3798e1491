"""What a worker does beside its requests: what is due once a day, and what nobody waits for.

Begin with later.py.
"""
