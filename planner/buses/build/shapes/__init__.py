"""Where rides run: from the feed, else from a relation of the line, else along streets or rails.

Begin with fill.py.
"""
