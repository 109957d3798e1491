"""What a machine that watches over the service asks and reads.

Begin with `health.py`: whether the service lives and can be used. `metrics.py` has figures for Prometheus,
`json_lines.py` the form of the log.
"""
