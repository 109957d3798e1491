"""Heights from an elevation file: how much each edge climbs, how steep it is, what that costs on foot.

Begin with slopes.py; model.py reads the file.
"""
