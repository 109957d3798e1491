"""The use cases: the only place where domain, streets and store meet."""
