"""The page "Hosts": whom to ask, what they answered, what they are to be told, and how to reach them.

Begin with page.py, which shows it; noting.py keeps what was said, letters.py writes to hosts.
"""
