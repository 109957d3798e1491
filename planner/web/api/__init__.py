"""The HTTP API, version 1 (design.md section 5)."""
