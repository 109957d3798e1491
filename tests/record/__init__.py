"""What the service answers, kept as files, so that two states of the program can be laid side by side.

Begin here: `python -m tests.record OUT_DIR` in a checkout records that checkout (`__main__`), by HTTP, by
commands and with a browser alone, so that it never has to know how the program is made;
`python -m tests.record.compare BEFORE AFTER` lists what differs.
"""
