"""Files of other tools and tables put in our terms.

Begin with headers.py, the names of columns; foreign.py reads places of other
tools with it, projected.py the metres of Polish maps.
"""
