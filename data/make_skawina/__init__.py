"""Makes `data/skawina.osm`, the built-in street network, from the tables of facts and our own additions."""
