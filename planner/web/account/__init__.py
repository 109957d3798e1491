"""Signing in, and who may see what.

Begin with auth.py.
"""
