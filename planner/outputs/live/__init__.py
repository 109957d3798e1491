"""The day under way, ready written: what is laid over a page, and the guide's buttons.

Begin with overlay.py for participants' phones, and panel.py for guides and the desk.
"""
