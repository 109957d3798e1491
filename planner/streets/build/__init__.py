"""From an OpenStreetMap file to a network file. Slow and rare: never imported by a web worker.

Begin with build.py; read/ reads the file, foot/ and coach/ judge its ways, graph.py joins them.
"""
