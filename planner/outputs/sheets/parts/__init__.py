"""What sheets are put together from: ways, when to leave, how much room blocks take.

Begin with ways.py.
"""
