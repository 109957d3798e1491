"""The HTTP API, version 1.

Begin with views.py.
"""
