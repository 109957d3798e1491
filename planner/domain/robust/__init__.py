"""How sure a day is: what small delays make of an order, and the order that stands them best.

Begin with delays.py (what is assumed), then chance.py (a day played many times) and sturdy.py (the order).
"""
