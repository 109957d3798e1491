"""What machines share besides the database: a directory or S3-compatible storage, by STORAGE_URL.

Begin with place.py, which asks the storage; in_force.py shares what is built, by version.
"""
