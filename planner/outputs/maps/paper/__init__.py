"""Maps on paper: SVG in millimetres, dark on white, readable without colour.

Begin with sheets.py (which pages a visit gets, turned which way, with which inset), then render.py (one map).
"""
