"""Keeping the service: its settings, what a first run makes, what is stale or missing.

Begin with first_run.py and check.py.
"""
