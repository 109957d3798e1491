"""Maps on screen and on paper.

Begin with content.py (what a map shows, as plain data), then folium_page.py and paper.py.
"""
