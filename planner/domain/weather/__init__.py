"""The weather of a day: another place for stops outdoors when it rains, and until when it is light.

Begin with rain.py.
"""
