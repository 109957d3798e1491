"""Paper: the organiser's choice of sheets, and the sheets behind the secret links.

Begin with page.py (the organiser's), by_link.py, then making.py: a sheet as a web page or as a kept PDF.
"""
