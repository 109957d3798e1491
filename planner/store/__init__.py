"""What is kept: the catalogue, visits with their revisions, releases and links."""
