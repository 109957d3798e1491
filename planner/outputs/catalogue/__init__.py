"""The catalogue as people read it: its words, a week of hours, what is wrong with an entry.

Begin with words.py.
"""
