"""Many phones on one day: who asks (phones.py, a process of its own), of what (day.py), and the rows.

Run alone: `python -m tests.bench.load`.
"""
