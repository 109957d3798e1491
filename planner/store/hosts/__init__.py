"""What is known of people for one visit alone: contacts, what is arranged with hosts, counts of needs.

Begin with tables.py. None of it is in a visit's document; all of it goes with the visit.
"""
