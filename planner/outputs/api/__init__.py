"""The API's answers as JSON: metres, seconds, ISO 8601 with offset, GeoJSON.

Begin with answers.py.
"""
