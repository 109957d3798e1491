"""The day itself over HTTP: what phones ask for, what guides and the desk press.

Begin with by_link.py, then desk.py; heard.py reads what was pressed.
"""
