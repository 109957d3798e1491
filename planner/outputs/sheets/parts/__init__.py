"""What sheets are put together from: ways, when to leave, what hosts were told, how much room blocks take;
and a sheet as a letter.

Begin with ways.py.
"""
