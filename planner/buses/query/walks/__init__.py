"""Walks to, from and between stops.

Begin with access.py (what journeys ask), then walks.py (how the streets answer).
"""
