"""The API's answers as JSON: metres, seconds, ISO 8601 with offset, GeoJSON.

Begin with answers.py, which writes them; answer_models.py says what they are, and openapi.json is made of it.
"""
