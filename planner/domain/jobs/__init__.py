"""Work in the background, in words: job.py."""
