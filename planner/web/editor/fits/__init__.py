"""Pages beside the editor: where a stop would fit, how sure a day is, stops shared among days.

Begin with views.py; page.py is what all of them are made of.
"""
