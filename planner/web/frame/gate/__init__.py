"""What a request is refused for before any page looks at it, and what is written down of each.

Begin with hosts.py.
"""
