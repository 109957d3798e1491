"""What the API is asked: its requests, checked field by field.

Begin with plan.py. A file a call; what they share stands in base.py, fields.py, places.py and travel.py.
"""
