"""Maps on screen and on paper.

Begin with content.py (what a map shows, as plain data), description.py (what is drawn at which scale, how)
and ground.py (which of the town); then folium_page.py for screens and the room `paper`.
"""
