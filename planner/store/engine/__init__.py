"""How a database is opened: SQLite in a file, or PostgreSQL; what of it can fail, in words.

Begin with sqlite.py and postgres.py: each makes an engine for reading and one for writing.
"""
