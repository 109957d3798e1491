"""Pages of the catalogue: the list, an entry, an import.

Begin with page.py.
"""
