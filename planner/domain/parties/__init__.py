"""A delegation split into parties that take the same stops in turn.

Begin with parties.py (the words), then rotation.py (the question) and search.py (good answers soon).
"""
