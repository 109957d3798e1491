"""Small towns, and slow searches to hold the quick ones against."""
