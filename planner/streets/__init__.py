"""The streets of a town: made from OpenStreetMap (build), asked for ways (query).

Begin with files.py: what the two hand each other. Query never imports build.
"""
