"""The streets of a town: made from OpenStreetMap (build), asked for ways (query)."""
