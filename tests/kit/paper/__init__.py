"""Sheets made for tests, and readers that did not make them."""
