"""Everything that says a thing in a language: times, lengths, warnings, directions, remedies.

Begin with translation.py and formats.py. Above the services, below the outputs, which lay the words out.
"""
