"""Stops that may be left out: which of them fit, the greatest weight first, then the best order.

Begin with choose.py; sets.py tells what every set of stops takes, grow.py is for days too large for that.
"""
