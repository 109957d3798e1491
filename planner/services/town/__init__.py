"""The town's own life: another network built beside, compared, taken over, put back; sites from the map.

Begin with beside.py; compare.py says what would change, takeover.py brings it into force.
"""
