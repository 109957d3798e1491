"""The commands of `flask --app wsgi`.

Begin with register.py.
"""
