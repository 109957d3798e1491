"""Journeys from door to door by public transport: depart at, arrive by, all departures of a span.

Begin with find.py, then raptor.py (the search by rounds) and legs.py (what a journey is made of).
"""
