"""What a request is refused for before any page looks at it.

Begin with hosts.py.
"""
