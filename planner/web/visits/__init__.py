"""The list of visits, new ones, and sharing one.

Begin with page.py.
"""
