"""What the API is asked: the requests of design.md section 5, checked field by field.

Begin with plan.py. A file a call; what they share stands in base.py, fields.py, places.py and travel.py.
"""
