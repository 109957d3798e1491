"""An hour of an office on one service: people, programs and phones at once, and what its processes weigh.

Begin with __main__.py (`python -m tests.bench.load.mixed --minutes 30`); people.py and callers.py say who
asks for what, seen.py counts the answers, processes.py weighs.
"""
