"""Buses and trains: timetables made from GTFS feeds and OpenStreetMap (build), and questions to them (query).

Begin with files.py: what the two hand each other. Query never imports build.
"""
