"""Files as they are found: what editors, servers and tools leave in them is put right before they are read.

Begin with tidy.py: every reader of a build is given the file that it hands out.
"""
