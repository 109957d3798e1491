"""The page "Town" for administrators: what is in force, what is old, and how another town comes into force.

Begin with page.py; sending.py takes files, sites.py offers what OpenStreetMap knows.
"""
