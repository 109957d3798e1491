"""Contacts of hosts and others: kept in a table of their own, and read by one function alone.

Begin with contacts.py. Only pages of organisers and guides may ask for them.
"""
