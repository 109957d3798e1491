"""What every page and answer needs: services of the app, headers, limits, language, errors.

Begin with context.py.
"""
