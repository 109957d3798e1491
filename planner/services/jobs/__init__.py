"""Work in the background. Begin with asking.py: start, look, cancel; running.py is for who does it."""
