"""Questions to a built network: snap, distances, path. Needs numpy, scipy and shapely only."""
