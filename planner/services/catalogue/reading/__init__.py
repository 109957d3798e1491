"""Files of other tools and tables put in our terms.

Begin with file.py: bytes in, rows of sites out; headers.py has the names of columns, workbook.py and
foreign.py read other forms into a table.py, projected.py the metres of Polish maps.
"""
