"""The commands of `flask --app wsgi`.

Begin with register.py; base.py says how a command fails, each other file is one group of commands.
"""
