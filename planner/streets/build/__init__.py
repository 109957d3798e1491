"""From an OpenStreetMap file to a network file. Slow and rare: never imported by a web worker."""
