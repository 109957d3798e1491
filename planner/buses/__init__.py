"""Buses and trains: timetables made from GTFS feeds and OpenStreetMap, and questions to them."""
