"""What is carried on paper: one content for each sheet, painted as a web page and as a PDF.

Begin with blocks.py (what a sheet is made of), then source.py (from what), build.py (which sheets there are)
and pdf.py (the painter of Typst; that of web pages is templates/paper). What people typed is data for both.
"""
